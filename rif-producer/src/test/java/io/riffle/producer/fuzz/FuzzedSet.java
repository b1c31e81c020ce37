package io.riffle.producer.fuzz;

import io.riffle.producer.manifest.ManifestEntry;
import io.riffle.producer.manifest.ManifestKey;
import io.riffle.producer.manifest.ManifestReading;
import io.riffle.producer.manifest.ManifestReading.Accepted;
import io.riffle.producer.manifest.ManifestReading.Refused;
import io.riffle.producer.plan.PlanConfig;
import io.riffle.producer.rif.TestFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A data set for the whole producer: files and their manifest, each some steps away from a good
 * one. All but its place follows from the seed.
 */
public final class FuzzedSet {

  private static final int MOST_STEPS = 3;

  private final long seed;
  private final String instant;
  private final Map<String, FuzzedFile> files = new LinkedHashMap<>();

  /** One that the manifest names all the same. */
  private final Optional<String> forgotten;

  private final List<String> steps = new ArrayList<>();
  private final byte[] manifest;

  private FuzzedSet(long seed, String instant) {
    Random random = new Random(seed);
    this.seed = seed;
    this.instant = instant;
    for (int number = random.nextInt(2); number >= 0; number--) {
      FuzzedFile file = new FuzzedFile("f" + number, random);
      files.put(file.name(), file);
      steps.add(file.toString());
    }
    this.manifest = manifest(random);
    this.forgotten =
        random.nextInt(12) == 0 ? files.keySet().stream().findFirst() : Optional.empty();
    forgotten.ifPresent(name -> steps.add("without " + name));
  }

  /**
   * Makes a set.
   *
   * @param instant of its folder
   */
  public static FuzzedSet of(long seed, String instant) {
    return new FuzzedSet(seed, instant);
  }

  public String manifestKey() {
    return folder() + "0_manifest.xml";
  }

  public byte[] manifest() {
    return manifest.clone();
  }

  /** The files that are sent, by their keys. */
  public Map<String, FuzzedFile> objects() {
    Map<String, FuzzedFile> objects = new LinkedHashMap<>();
    files.entrySet().stream()
        .filter(file -> isSent(file.getKey()))
        .forEach(file -> objects.put(folder() + file.getKey(), file.getValue()));
    return objects;
  }

  private boolean isSent(String name) {
    return files.containsKey(name) && !forgotten.equals(Optional.of(name));
  }

  /** Why the manifest must be refused, as reason and detail; empty if it must not. */
  public Optional<String> refusal() {
    return reading() instanceof Refused refused
        ? Optional.of(refused.reason() + "|" + refused.detail())
        : Optional.empty();
  }

  /** What must come of the files that the manifest names, by name; none if it is refused. */
  public Map<String, ExpectedFile> expected(PlanConfig config) throws IOException {
    Map<String, ExpectedFile> expected = new LinkedHashMap<>();
    if (reading() instanceof Accepted accepted) {
      List<ManifestEntry> entries = accepted.manifest().entries();
      Optional<String> missing = missing(entries);
      for (ManifestEntry entry : entries) {
        expected.put(entry.name(), expected(entry, missing, config));
      }
    }
    return expected;
  }

  private ExpectedFile expected(ManifestEntry entry, Optional<String> missing, PlanConfig config)
      throws IOException {
    if (isSkipped(entry)) {
      return ExpectedFile.unpublished("SKIPPED|null|" + entry.name() + ": no layout for ");
    }
    return missing.isPresent()
        ? ExpectedFile.unpublished("WAITING|null|" + missing.get())
        : files.get(entry.name()).expected(entry, config);
  }

  /** The first file that is named and not there: all others wait for it. */
  private Optional<String> missing(List<ManifestEntry> entries) {
    return entries.stream()
        .filter(entry -> !isSkipped(entry) && !isSent(entry.name()))
        .map(ManifestEntry::name)
        .findFirst();
  }

  private static boolean isSkipped(ManifestEntry entry) {
    return TestFile.LAYOUTS.find(entry.type()).isEmpty();
  }

  private ManifestReading reading() {
    ManifestKey key = ManifestSubject.key(manifestKey());
    return ManifestSubject.reading(key, manifest);
  }

  private String folder() {
    return "Incoming/" + instant + "/";
  }

  private byte[] manifest(Random random) {
    byte[] xml = goodManifest().getBytes(StandardCharsets.UTF_8);
    int count = random.nextInt(5) == 0 ? 1 + random.nextInt(MOST_STEPS) : 0;
    List<Mutation> odd = XmlMutations.all(ManifestSubject.Outside.ADDRESS);
    List<Mutation> all = Stream.of(ByteMutations.ALL, odd, odd).flatMap(List::stream).toList();
    for (int i = 0; i < count; i++) {
      Mutation step = all.get(random.nextInt(all.size()));
      xml = step.apply(xml, random);
      steps.add("manifest: " + step.name());
    }
    return xml;
  }

  private String goodManifest() {
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.append("<dataSetManifest xmlns=\"http://cms.hhs.gov/bluebutton/api/schema/ccw-rif/v10\"")
        .append(" timestamp=\"" + instant + "\" sequenceId=\"0\">\n");
    files.forEach(
        (name, file) ->
            xml.append("  <entry name=\"" + name + "\" type=\"" + file.type() + "\"/>\n"));
    return xml.append("</dataSetManifest>\n").toString();
  }

  /** How to see the set again, and what it is. */
  @Override
  public String toString() {
    return "-Driffle.fuzz.set=" + seed + ": " + String.join("; ", steps);
  }
}
