package io.riffle.cdc.obfuscate;

/** A rule cannot be applied to a column of this type; the message says why. */
final class UnfitException extends Exception {
  private static final long serialVersionUID = 1L;

  UnfitException(String message) {
    super(message);
  }
}
