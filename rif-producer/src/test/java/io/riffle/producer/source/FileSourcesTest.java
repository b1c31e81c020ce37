package io.riffle.producer.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.riffle.config.ConfigException;
import io.riffle.config.ConfigProblem;
import io.riffle.config.Settings;
import io.riffle.lab.LabSource;
import io.riffle.producer.ccw.CcwSource;
import io.riffle.producer.manifest.Manifest;
import io.riffle.producer.manifest.ManifestKey;
import io.riffle.producer.manifest.ManifestReading;
import io.riffle.producer.manifest.ManifestReading.Refused;
import io.riffle.producer.manifest.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for all sources. */
final class FileSourcesTest {

  /** A source that reads nothing. */
  private record Named(String name, Feed feed) implements FileSource {
    @Override
    public List<Feed> feeds(Settings settings) {
      return List.of(feed);
    }

    @Override
    public Optional<ManifestKey> manifestKey(Feed of, String s3Key) {
      return ManifestKey.of(s3Key, of.prefix(), of.rank(), file -> OptionalLong.of(1L << 40));
    }

    @Override
    public ManifestReading read(ManifestKey key, byte[] content) {
      throw new IllegalStateException("not readable");
    }
  }

  @Test
  void findsAllOnTheClassPathInTheOrderOfTheirRanks() {
    FileSources sources = Settings.of(Map.of("scan.lab-prefix", "L/")).build(FileSources::from);

    assertThat(sources.places())
        .extracting(place -> place.source().name() + " " + place.feed())
        .containsExactly(
            "ccw Feed[setting=scan.prefix, prefix=Incoming/, rank=0]",
            "ccw Feed[setting=scan.synthetic-prefix, prefix=Synthetic/Incoming/, rank=1]",
            "lab Feed[setting=scan.lab-prefix, prefix=L/, rank=10]");
  }

  @Test
  void namesAllClashesAtOnce() {
    FileSource rank = new Named("rank", new Feed("a.prefix", "A/", 1));
    FileSource inside = new Named("inside", new Feed("b.prefix", "Incoming/B/", 11));
    FileSource twin = new Named("lab", new Feed("c.prefix", "C", 40_000));

    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(
            () ->
                Settings.of(Map.of())
                    .build(
                        settings ->
                            FileSources.of(
                                List.of(new CcwSource(), new LabSource(), rank, inside, twin),
                                settings)))
        .satisfies(
            e ->
                assertThat(e.problems())
                    .extracting(ConfigProblem::toString)
                    .containsExactlyInAnyOrder(
                        "file sources: name lab is taken twice, or is no name",
                        "file sources: feed rank 1 of source rank (A/) is that of source ccw (Synthetic/Incoming/)",
                        "file sources: feed rank 40000 of source lab (C) is out of range",
                        "scan.prefix: must not contain b.prefix, of source inside (Incoming/B/)",
                        "c.prefix: must end with a slash"));
  }

  @Test
  void refusesManifestsOfAnySourceThatAreTooLargeOrCannotHaveAVersion() {
    Place place = place(new LabSource());

    assertThat(refused(place, "Labs/2024-01-19T16:16:38Z/files.list", Manifest.MAX_BYTES + 1))
        .isEqualTo(Refusal.MANIFEST_SIZE);
    assertThat(refused(place, "Labs/2024-01-19T16:16:38Z/files.list", 0))
        .isEqualTo(Refusal.MANIFEST_INVALID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0001-01-01T00:00:00Z", "1677-12-31T23:59:59Z", "2262-01-01T00:00:00Z"})
  void refusesInstantsThatNoVersionCanHave(String instant) {
    assertThat(refused(place(new LabSource()), "Labs/" + instant + "/files.list", 0))
        .isEqualTo(Refusal.MANIFEST_TIMESTAMP);
  }

  @Test
  void aSourceThatFailsRefusesItsManifest() {
    Place place = place(new Named("fails", new Feed("a.prefix", "A/", 12)));

    ManifestKey key = place.manifestKey("A/2024-01-19T16:16:38Z/x").orElseThrow();
    Refused refused = (Refused) place.read(key, new byte[0]);

    assertThat(key.hasSequence()).isFalse();
    assertThat(refused.detail()).isEqualTo("x: source fails failed to read it");
  }

  private static Refusal refused(Place place, String s3Key, int bytes) {
    ManifestKey key = place.manifestKey(s3Key).orElseThrow();
    return ((Refused) place.read(key, new byte[bytes])).reason();
  }

  private static Place place(FileSource source) {
    return new Place(source, source.feeds(Settings.of(Map.of())).get(0));
  }
}
