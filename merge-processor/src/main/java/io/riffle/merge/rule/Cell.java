package io.riffle.merge.rule;

import io.riffle.schemas.control.Version;

/**
 * The newest value of a field.
 *
 * @param file the MERGE file that sent it, {@link #FROM_FULL} when a FULL record did
 */
public record Cell(Version version, long file, Slice value) {

  /** Not a file number: those count from 1. */
  public static final long FROM_FULL = 0;

  /** Whether a MERGE record brought the value. */
  public boolean fromPatch() {
    return file != FROM_FULL;
  }
}
