package io.riffle.cdc.run;

import io.riffle.cdc.guard.Gap;

/** A source has a gap: nothing more is to be read from it. */
final class GapException extends Exception {
  private static final long serialVersionUID = 1L;

  GapException(Gap gap) {
    super(gap.toString());
  }

  GapException(String text) {
    super(text);
  }
}
