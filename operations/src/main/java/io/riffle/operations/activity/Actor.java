package io.riffle.operations.activity;

/**
 * Who acts.
 *
 * @param role VIEWER, OPERATOR or ADMIN; empty when nobody was signed in
 * @param via PAGE, API or COMMAND
 */
public record Actor(String who, String role, String via) {
  private static final String COMMAND = "COMMAND";
  private static final String NOBODY_SIGNED_IN = "";

  /** Somebody at a command line. */
  public static Actor atCommandLine(String who) {
    return new Actor(who, NOBODY_SIGNED_IN, COMMAND);
  }

  /** Whether it is told what came of it where it asked. */
  boolean isAtCommandLine() {
    return via.equals(COMMAND);
  }
}
