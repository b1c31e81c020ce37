package io.riffle.producer.ccw;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.producer.manifest.ClaimedIds;
import io.riffle.producer.manifest.Manifest;
import io.riffle.producer.manifest.ManifestEntry;
import io.riffle.producer.manifest.ManifestKey;
import io.riffle.producer.manifest.ManifestReading;
import io.riffle.producer.manifest.ManifestReading.Accepted;
import io.riffle.producer.manifest.ManifestReading.Refused;
import io.riffle.producer.manifest.Refusal;
import io.riffle.producer.source.Feed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The manifests are data files; the name of a bad one begins with its reason. */
final class ManifestReaderTest {

  private static final ManifestKey KEY =
      new CcwSource()
          .manifestKey(
              new Feed("scan.prefix", "Incoming/", 0),
              "Incoming/2024-01-19T16:16:38Z/7_manifest.xml")
          .orElseThrow();

  private final ManifestReader reader = new ManifestReader();

  @Test
  void readsVersion10WithEverythingInIt() throws Exception {
    Manifest manifest = accepted(Files.readAllBytes(folder("good").resolve("v10.xml")));

    assertThat(manifest.synthetic()).isTrue();
    assertThat(manifest.entries())
        .containsExactly(
            new ManifestEntry(0, "carrier.csv", "CARRIER", false),
            new ManifestEntry(1, "beneficiary:2011.csv.gz", "BENEFICIARY", false));
  }

  @Test
  void readsVersion9WithAPrefix() throws Exception {
    Manifest manifest = accepted(Files.readAllBytes(folder("good").resolve("v9-prefixed.xml")));

    assertThat(manifest.synthetic()).isFalse();
    assertThat(manifest.entries())
        .containsExactly(new ManifestEntry(0, "backfill.txt", "CARRIER", true));
  }

  @ParameterizedTest
  @MethodSource("badManifests")
  void refusesWithoutTouchingAnything(Path file) throws Exception {
    try (ServerSocket trap = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String xml = Files.readString(file).replace("PORT", Integer.toString(trap.getLocalPort()));

      Refused refused =
          Assertions.assertTimeoutPreemptively(
              Duration.ofSeconds(5),
              () -> (Refused) reader.read(KEY, xml.getBytes(StandardCharsets.UTF_8)));

      String name = file.getFileName().toString();
      assertThat(refused.reason().name()).isEqualTo(name.substring(0, name.indexOf('-')));
      assertThat(refused.detail()).startsWith("7_manifest.xml, line ").doesNotContain("etc");
      assertUntouched(trap);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"timestamp", "sequenceId"})
  void namesAMissingAttribute(String attribute) throws Exception {
    String xml = Files.readString(folder("good").resolve("v9-prefixed.xml"));
    String without = xml.replaceAll(" " + attribute + "=\"[^\"]*\"", "");

    Refused refused = (Refused) reader.read(KEY, without.getBytes(StandardCharsets.UTF_8));

    assertThat(refused.reason()).isEqualTo(Refusal.MANIFEST_INVALID);
    assertThat(refused.detail()).endsWith("attribute " + attribute + " is missing");
  }

  @Test
  void endsDeepNesting() {
    Refused deep =
        (Refused) reader.read(KEY, "<a>".repeat(100_000).getBytes(StandardCharsets.UTF_8));

    assertThat(deep.reason()).isEqualTo(Refusal.MANIFEST_INVALID);
  }

  /** It becomes a line of the log and a cell of the ledger. */
  @Test
  void showsTheNameOfAStrangeElementCutAndPlain() throws Exception {
    String xml = Files.readString(folder("good").resolve("v10.xml"));
    String strange = xml.replace("<clm_grp_id_start", "<\u00e9" + "n".repeat(900) + " a=\"b\"/><x");

    Refused refused = (Refused) reader.read(KEY, strange.getBytes(StandardCharsets.UTF_8));

    assertThat(refused.reason()).isEqualTo(Refusal.MANIFEST_INVALID);
    assertThat(refused.detail()).contains("?nnn").matches("[ -~]{1,200}");
  }

  @Test
  void takesWhatASyntheticSetClaims() throws Exception {
    String xml = Files.readString(folder("good").resolve("v10.xml"));

    assertThat(accepted(xml.getBytes(StandardCharsets.UTF_8)).claimed())
        .contains(new ClaimedIds(-1, -2, 3, "A4", "T01", -5, -6, "1S00A00AA00", -50));
    String real = xml.replace("syntheticData=\"true\"", "");
    assertThat(accepted(real.getBytes(StandardCharsets.UTF_8)).claimed()).isEmpty();
  }

  /** Their objects are listed, however wrongly. */
  @Test
  void tellsTheFilesOfARefusedManifestAsFarAsItCan() throws Exception {
    String good = Files.readString(folder("good").resolve("v10.xml"));
    byte[] xml = good.getBytes(StandardCharsets.UTF_8);

    assertThat(accepted(xml).entries())
        .extracting(ManifestEntry::name)
        .containsExactlyInAnyOrderElementsOf(reader.read(KEY, xml).named());
    assertThat(named(good.replace("\"CARRIER\"", "\"CARIER\"")))
        .containsExactlyInAnyOrder("carrier.csv", "beneficiary:2011.csv.gz");
    assertThat(named(good.replace("carrier.csv", "../carrier.csv")))
        .containsExactly("beneficiary:2011.csv.gz");
    assertThat(named(good.replaceFirst("(?s)<preValidation.*", "")))
        .containsExactlyInAnyOrder("carrier.csv", "beneficiary:2011.csv.gz");
    assertThat(named(good.replaceFirst("<dataSetManifest", "<!DOCTYPE d><dataSetManifest")))
        .isEmpty();
    assertThat(named("no XML")).isEmpty();
  }

  private Set<String> named(String xml) {
    return ((Refused) reader.read(KEY, xml.getBytes(StandardCharsets.UTF_8))).named();
  }

  @Test
  void refusesADoctypeInUtf16Too() {
    String xml = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><!DOCTYPE d><d/>";

    Refused refused = (Refused) reader.read(KEY, xml.getBytes(StandardCharsets.UTF_16));

    assertThat(refused.reason()).isEqualTo(Refusal.MANIFEST_SYNTAX);
  }

  private Manifest accepted(byte[] xml) {
    ManifestReading reading = reader.read(KEY, xml);
    assertThat(reading).isInstanceOf(Accepted.class);
    return ((Accepted) reading).manifest();
  }

  private static void assertUntouched(ServerSocket trap) throws IOException {
    trap.setSoTimeout(1);
    Assertions.assertThrows(SocketTimeoutException.class, trap::accept);
  }

  static List<Path> badManifests() throws IOException, URISyntaxException {
    try (Stream<Path> files = Files.list(folder("bad"))) {
      return files.sorted().toList();
    }
  }

  private static Path folder(String name) throws URISyntaxException {
    String resource = String.format(Locale.ROOT, "%s/", name);
    return Path.of(ManifestReaderTest.class.getResource(resource).toURI());
  }
}
