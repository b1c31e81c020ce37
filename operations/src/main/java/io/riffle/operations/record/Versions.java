package io.riffle.operations.record;

import io.riffle.schemas.control.Version;
import java.time.Instant;

/** Versions as the tables of former identities have them. */
final class Versions {
  private static final int PARTS = 5;

  private Versions() {}

  /**
   * The inverse of {@link Version#text}.
   *
   * @throws IllegalArgumentException if the text is none
   */
  static Version parse(String text) {
    String[] parts = text.split("/", -1);
    if (parts.length != PARTS) {
      throw new IllegalArgumentException("a version has " + PARTS + " parts");
    }
    return new Version(
        Version.nanos(Instant.parse(parts[0])),
        Integer.parseInt(parts[1]),
        Integer.parseInt(parts[2]),
        Integer.parseInt(parts[3]),
        Long.parseLong(parts[4]));
  }

  /** The place in the feed that all records of the version's file share. */
  static Version ofFile(Version version) {
    return version.at(0);
  }
}
