package io.riffle.infra.chain.matrix;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.riffle.infra.chain.Chain;
import io.riffle.infra.chain.matrix.TestSet.Content;
import io.riffle.infra.generate.DataSetGenerator;
import io.riffle.infra.generate.GenerateRequest;
import io.riffle.infra.generate.GenerateRequest.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Generates a step's data set, with keys and an instant of its own, and spoils it. */
final class SetMaker {

  private static final long SEED = 11;
  private static final String MANIFEST = "1_manifest.xml";
  private static final String WRONG_MD5 = "AAAAAAAAAAAAAAAAAAAAAA==";

  private final Path folder;
  private final Trap trap;
  private int made;

  /**
   * @param folder for generated files
   */
  SetMaker(Path folder, Trap trap) {
    this.folder = folder;
    this.trap = trap;
  }

  /**
   * Makes a set.
   *
   * @param before the set of the step before, if there was one
   */
  TestSet make(SetStep step, Optional<TestSet> before) throws IOException {
    long first =
        step.sameKeys() || step.sameFolder()
            ? before.orElseThrow().first()
            : Chain.claimRecords(step.records());
    Instant instant =
        step.sameFolder() || step.sameInstant() ? before.orElseThrow().instant() : instant(step);
    Path generated = folder.resolve("set-" + made++);
    new DataSetGenerator(request(step, first, instant)).write(generated);
    String text =
        step.sameInstant() ? instant.toString().replace("Z", ".000Z") : instant.toString();
    return new TestSet(
        step,
        "Incoming/" + text + "/",
        instant,
        first,
        objects(step, generated),
        manifest(step, Files.readString(generated.resolve(MANIFEST)), text));
  }

  private static Instant instant(SetStep step) {
    Instant instant = Chain.nextInstant();
    return step.future() ? instant.plus(Duration.ofDays(12)) : instant;
  }

  /** Another seed for keys that were there before: other values. */
  private static GenerateRequest request(SetStep step, long first, Instant instant) {
    List<Entry> entries =
        step.types().stream().map(type -> Entry.parse(Chain.LAYOUTS, type)).toList();
    long seed = step.sameKeys() ? SEED + 1 : SEED;
    return new GenerateRequest(
        entries, first, step.records(), 1, step.lines(), false, seed, instant, 1);
  }

  private static Map<String, Content> objects(SetStep step, Path generated) throws IOException {
    Map<String, Content> objects = new LinkedHashMap<>();
    try (Stream<Path> files = Files.list(generated)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (!name.equals(MANIFEST)) {
          boolean first = name.equals(generatedName(step));
          byte[] bytes = Files.readAllBytes(file);
          objects.put(
              first ? step.name().orElse(name) : name,
              first ? spoilt(step, bytes) : new Content(bytes, Optional.of(md5(bytes))));
        }
      }
    }
    JsonNode upload = step.upload();
    if (upload.path("omit").asBoolean()) {
      objects.remove(step.name().orElse(generatedName(step)));
    }
    upload
        .path("beside")
        .fieldNames()
        .forEachRemaining(
            name -> objects.put(name, plain(upload.path("beside").get(name).asText())));
    return objects;
  }

  private static Content plain(String text) {
    return new Content(text.getBytes(UTF_8), Optional.empty());
  }

  private static String generatedName(SetStep step) {
    return step.types().get(0).toLowerCase(Locale.ROOT) + "_1.csv";
  }

  private static Content spoilt(SetStep step, byte[] generated) {
    byte[] bytes = FileEdits.apply(generated, step.file());
    Optional<String> md5 =
        switch (step.upload().path("checksum").asText("right")) {
          case "absent" -> Optional.empty();
          case "wrong" -> Optional.of(WRONG_MD5);
          case "garbage" -> Optional.of("not Base64");
          default -> step.name().isPresent() ? Optional.empty() : Optional.of(md5(bytes));
        };
    return new Content(bytes, md5);
  }

  private byte[] manifest(SetStep step, String generated, String instant) {
    String named =
        generated
            .replace(generatedName(step), step.name().orElse(generatedName(step)))
            .replaceFirst("timestamp=\"[^\"]*\"", "timestamp=\"" + instant + "\"");
    String text = ByteText.of(named.getBytes(UTF_8));
    for (JsonNode edit : step.manifest()) {
      text = edited(text, edit);
    }
    return ByteText.bytes(trap.fill(text));
  }

  private static String edited(String text, JsonNode edit) {
    if (edit.has("text")) {
      return ByteText.of(edit.get("text"));
    } else if (edit.has("append")) {
      return text + ByteText.of(edit.get("append"));
    }
    String replaced = text.replace(edit.get("replace").asText(), ByteText.of(edit.get("with")));
    if (replaced.equals(text)) {
      throw new IllegalArgumentException("nothing to replace: " + edit);
    }
    return replaced;
  }

  private static String md5(byte[] bytes) {
    try {
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has MD5", e);
    }
  }
}
