package io.riffle.producer.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.producer.ccw.CcwSource;
import io.riffle.producer.manifest.Manifest;
import io.riffle.producer.manifest.ManifestEntry;
import io.riffle.producer.manifest.ManifestKey;
import io.riffle.producer.manifest.ManifestReading;
import io.riffle.producer.manifest.ManifestReading.Accepted;
import io.riffle.producer.manifest.ManifestReading.Refused;
import io.riffle.producer.manifest.Refusal;
import io.riffle.producer.source.Feed;
import io.riffle.producer.source.FileSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** A manifest of the CCW. */
final class ManifestSubject implements Subject {

  private static final FileSource SOURCE = new CcwSource();
  private static final ManifestKey KEY = key("Incoming/2024-01-19T16:16:38Z/7_manifest.xml");

  private static final String[] TYPES = {"CARRIER", "PDE_MERGE", "BENEFICIARY", "SNF"};
  private static final List<String> IDS =
      List.of(
          "clm_grp_id_start",
          "pde_id_start",
          "carr_clm_cntl_num_start",
          "fi_doc_cntl_num_start",
          "hicn_start",
          "bene_id_start",
          "clm_id_start",
          "mbi_start",
          "bene_id_end",
          "clm_id_end",
          "pde_id_end");

  /** A blank keeps it out of file names, which may be shown. */
  private static final String TEXT = Canary.VALUE + " " + Canary.VALUE;

  private final long seed;

  ManifestSubject(Random random) {
    this.seed = random.nextLong();
  }

  static ManifestKey key(String s3Key) {
    return SOURCE.manifestKey(new Feed("scan.prefix", "Incoming/", 0), s3Key).orElseThrow();
  }

  /** What a manifest in S3 is to the producer. */
  static ManifestReading reading(ManifestKey key, byte[] content) {
    return content.length > Manifest.MAX_BYTES
        ? new Refused(
            Refusal.MANIFEST_SIZE, key.fileName() + ": more than " + Manifest.MAX_BYTES + " bytes")
        : SOURCE.read(key, content);
  }

  @Override
  public String name() {
    return "manifest";
  }

  @Override
  public byte[] good() {
    Random random = new Random(seed);
    StringBuilder xml = new StringBuilder();
    xml.append(random.nextBoolean() ? "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" : "");
    xml.append("<dataSetManifest xmlns=\"http://cms.hhs.gov/bluebutton/api/schema/ccw-rif/v")
        .append(random.nextBoolean() ? "9" : "10")
        .append("\" timestamp=\"2024-01-19T16:16:38Z\" sequenceId=\"7\"")
        .append(random.nextBoolean() ? " syntheticData=\"true\">\n" : ">\n");
    for (int entry = random.nextInt(5); entry >= 0; entry--) {
      String type = TYPES[random.nextInt(TYPES.length)];
      xml.append("  <entry name=\"f%d.csv\" type=\"%s\"/>%n".formatted(entry, type));
    }
    if (random.nextBoolean()) {
      xml.append("  <preValidationProperties>\n");
      IDS.forEach(id -> xml.append("    <%1$s>%2$s</%1$s>%n".formatted(id, value(id))));
      xml.append("  </preValidationProperties>\n");
    }
    return xml.append("</dataSetManifest>\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String value(String id) {
    boolean number = !id.startsWith("fi_") && !id.startsWith("hicn") && !id.startsWith("mbi");
    return number ? "-1000" : TEXT;
  }

  @Override
  public List<Mutation> steps() {
    List<Mutation> xml = XmlMutations.all(Outside.ADDRESS);
    return Stream.of(ByteMutations.ALL, xml, xml).flatMap(List::stream).toList();
  }

  @Override
  public Came outcome(byte[] input) throws IOException {
    byte[] content = Arrays.copyOf(input, Math.min(input.length, Manifest.MAX_BYTES));
    ManifestReading reading = Cost.bounded(content.length, () -> SOURCE.read(KEY, content));
    requireNothingFromOutside(reading);
    return reading instanceof Refused refused ? came(refused) : came((Accepted) reading);
  }

  private static void requireNothingFromOutside(ManifestReading reading) {
    assertThat(reading.toString()).doesNotContain(Outside.CONTENT).doesNotContain(TEXT);
  }

  private static Came came(Refused refused) {
    assertThat(refused.detail())
        .startsWith(KEY.fileName() + ", ")
        .hasSizeLessThan(300)
        .matches("[ -~]*");
    return new Came(List.of(refused.reason().name()), refused.toString());
  }

  private static Came came(Accepted accepted) {
    Manifest manifest = accepted.manifest();
    assertThat(manifest.key()).isEqualTo(KEY);
    assertThat(manifest.entries()).allMatch(entry -> ManifestEntry.isName(entry.name()));
    return new Came(List.of("manifest accepted"), accepted.toString());
  }

  /** A file that no manifest may bring in. */
  static final class Outside {

    static final String CONTENT = "nobody-may-read-this";
    static final String ADDRESS = write().toUri().toString();

    private static Path write() {
      try {
        Path file = Files.createTempFile("outside", ".txt");
        file.toFile().deleteOnExit();
        return Files.writeString(file, CONTENT);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
