package io.riffle.infra.dump;

/** A table that cannot be dumped; the message is for the operator. */
public final class DumpException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public DumpException(String message) {
    super(message);
  }
}
