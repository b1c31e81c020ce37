package io.riffle.console.access;

/** What is wrong in a file of users; no name and no hash is quoted. */
public final class UsersException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsersException(String message) {
    super(message);
  }
}
