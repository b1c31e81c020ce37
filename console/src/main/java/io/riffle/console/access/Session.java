package io.riffle.console.access;

import java.time.Instant;

/**
 * Somebody who has signed in.
 *
 * @param token that each post of the session's pages carries
 * @param credential what let them in
 */
public record Session(
    String id,
    String name,
    Role role,
    String token,
    Credential credential,
    Instant since,
    Instant seen) {

  Session seenAt(Instant now) {
    return new Session(id, name, role, token, credential, since, now);
  }

  /** Its id is as good as a password. */
  @Override
  public String toString() {
    return "Session[" + name + ", " + role + "]";
  }
}
