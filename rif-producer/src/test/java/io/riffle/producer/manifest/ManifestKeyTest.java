package io.riffle.producer.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.producer.ccw.CcwSource;
import io.riffle.producer.source.Feed;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ManifestKeyTest {

  @Test
  void takesFolderInstantAndNumber() {
    String s3Key = "Synthetic/Incoming/2024-01-19T16:16:38.5Z/012_manifest.xml";

    ManifestKey key = key(s3Key, "Synthetic/Incoming/").orElseThrow();

    assertThat(key.folder()).isEqualTo("Synthetic/Incoming/2024-01-19T16:16:38.5Z/");
    assertThat(key.instant()).isEqualTo(Instant.parse("2024-01-19T16:16:38.5Z"));
    assertThat(key.number()).isEqualTo(12);
    assertThat(key.fileName()).isEqualTo("012_manifest.xml");
    assertThat(key.beside("a.csv")).isEqualTo("Synthetic/Incoming/2024-01-19T16:16:38.5Z/a.csv");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Incoming/0_manifest.xml",
        "Incoming/2024-01-19T16:16:38Z/manifest.xml",
        "Incoming/2024-01-19T16:16:38Z/-1_manifest.xml",
        "Incoming/2024-01-19T16:16:38Z/0_manifest.xml.bak",
        "Incoming/2024-01-19T16:16:38Z/deeper/0_manifest.xml",
        "Incoming/2024-01-19T16:16:38/0_manifest.xml",
        "Incoming/2024-01-19T16:16:38+01:00/0_manifest.xml",
        "Incoming/2024-02-30T16:16:38Z/0_manifest.xml",
        "Incoming/2024-01-19T24:00:00Z/0_manifest.xml",
        "Incoming/2024-01-19T23:59:60Z/0_manifest.xml",
        "Done/2024-01-19T16:16:38Z/0_manifest.xml"
      })
  void ignoresOtherKeys(String s3Key) {
    assertThat(key(s3Key, "Incoming/")).isEmpty();
  }

  private static Optional<ManifestKey> key(String s3Key, String prefix) {
    return new CcwSource().manifestKey(new Feed("scan.prefix", prefix, 1), s3Key);
  }
}
