package io.riffle.console.access;

import java.time.Instant;

/**
 * Somebody who has signed in.
 *
 * @param token that each post of the session's pages carries
 * @param password whether it was with a password of the file of users
 */
public record Session(
    String id,
    String name,
    Role role,
    String token,
    boolean password,
    Instant since,
    Instant seen) {

  Session seenAt(Instant now) {
    return new Session(id, name, role, token, password, since, now);
  }

  Session as(Role now) {
    return new Session(id, name, now, token, password, since, seen);
  }

  /** Its id is as good as a password. */
  @Override
  public String toString() {
    return "Session[" + name + ", " + role + "]";
  }
}
