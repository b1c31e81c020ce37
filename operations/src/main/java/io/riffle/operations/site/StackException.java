package io.riffle.operations.site;

/** The stack cannot do what was asked; the message is plain text for a person at a terminal. */
public final class StackException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StackException(String message) {
    super(message);
  }

  public StackException(String message, Throwable cause) {
    super(message, cause);
  }
}
