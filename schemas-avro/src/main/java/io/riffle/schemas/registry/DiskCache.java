package io.riffle.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Schemas in a folder: one small JSON file per id and per registration, put in place by an atomic
 * rename, so that several processes may share the folder. A folder of its own per registry: ids of
 * two registries never mix. A cache that cannot be read or written is a warning, not a failure.
 */
final class DiskCache {
  private static final Logger log = LoggerFactory.getLogger(DiskCache.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Optional<Path> folder;

  private DiskCache(Optional<Path> folder) {
    this.folder = folder;
  }

  static DiskCache of(RegistryConfig config) {
    return new DiskCache(config.cacheDir().map(dir -> dir.resolve(name(config))));
  }

  Optional<Schema> schema(int id) {
    return read("id-" + id)
        .filter(entry -> entry.path("id").asInt() == id)
        .flatMap(entry -> parse(entry.path("schema").asText()));
  }

  void put(int id, String text) {
    write("id-" + id, object().put("id", id).put("schema", text));
  }

  OptionalInt id(Registration registration) {
    return read(name(registration))
        .filter(entry -> entry.path("subject").asText().equals(registration.subject()))
        .map(entry -> OptionalInt.of(entry.path("id").asInt()))
        .orElseGet(OptionalInt::empty);
  }

  void put(Registration registration, int id) {
    write(name(registration), object().put("id", id).put("subject", registration.subject()));
  }

  private Optional<JsonNode> read(String name) {
    if (folder.isEmpty()) {
      return Optional.empty();
    }
    Path file = file(name);
    try {
      return Optional.of(JSON.readTree(Files.readAllBytes(file)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      warn(file, e, "Schema cache entry ignored");
      return Optional.empty();
    }
  }

  private void write(String name, ObjectNode entry) {
    folder.ifPresent(
        dir -> {
          try {
            Files.createDirectories(dir);
            replace(file(name), JSON.writeValueAsBytes(entry));
          } catch (IOException e) {
            warn(file(name), e, "Schema cache not written");
          }
        });
  }

  private static void replace(Path file, byte[] content) throws IOException {
    Path draft = Files.createTempFile(file.getParent(), "draft-", ".tmp");
    try {
      Files.write(draft, content);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private Path file(String name) {
    return folder.orElseThrow().resolve(name + ".json");
  }

  private static Optional<Schema> parse(String text) {
    try {
      return Optional.of(AvroText.parse(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String name(RegistryConfig config) {
    return sha256(config.urls().stream().map(URI::toString).collect(Collectors.joining(" ")));
  }

  private static String name(Registration registration) {
    return "subject-" + sha256(registration.subject() + "\n" + registration.text());
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash = digest.digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static void warn(Path file, IOException cause, String message) {
    log.atWarn().addKeyValue("file", file).addKeyValue("cause", cause.toString()).log(message);
  }
}
