package io.riffle.sink.copy;

/** The Avro binary is not of its writer schema. Carries no value and no stack: a bad record. */
public final class MalformedValueException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedValueException(String reason) {
    super(reason, null, false, false);
  }
}
