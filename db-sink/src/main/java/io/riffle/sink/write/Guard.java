package io.riffle.sink.write;

/** Which rows a record may be written over; an older record never replaces a newer row. */
public enum Guard {
  /** Rows of older versions: what has the record already is left alone. */
  OLDER(">="),
  /**
   * Rows of the same version as well, and all children with them, whatever the row says: for rows
   * that somebody has changed by hand.
   */
  OLDER_OR_SAME(">");

  private final String refuses;

  Guard(String refuses) {
    this.refuses = refuses;
  }

  /** How the version of what is there compares with that of a record that is refused. */
  String refuses() {
    return refuses;
  }

  /** Whether a record is refused for what is there. */
  boolean refuses(int presentComparedToRecord) {
    return this == OLDER ? presentComparedToRecord >= 0 : presentComparedToRecord > 0;
  }

  /** Whether children may be left alone where their hash in the row is the record's. */
  boolean trustsHashes() {
    return this == OLDER;
  }
}
