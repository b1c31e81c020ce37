package io.riffle.console.access;

import io.riffle.config.Secret;
import java.time.Instant;
import java.util.Optional;

/**
 * Somebody who has signed in.
 *
 * @param token that each post of the session's pages carries
 * @param idToken of the provider where they signed in; none: with a password of the file of users
 */
public record Session(
    String id,
    String name,
    Role role,
    String token,
    Optional<Secret> idToken,
    Instant since,
    Instant seen) {

  Session seenAt(Instant now) {
    return new Session(id, name, role, token, idToken, since, now);
  }

  boolean isByPassword() {
    return idToken.isEmpty();
  }

  /** Its id is as good as a password. */
  @Override
  public String toString() {
    return "Session[" + name + ", " + role + "]";
  }
}
