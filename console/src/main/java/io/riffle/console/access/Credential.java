package io.riffle.console.access;

import io.riffle.config.Secret;
import java.util.Optional;

/**
 * What let somebody in.
 *
 * @param password the hash that the file of users had; another one there ends what it let in
 * @param idToken of the provider where they signed in
 */
public record Credential(Optional<Secret> password, Optional<Secret> idToken) {

  /** By the password of this hash. */
  static Credential password(Secret hash) {
    return new Credential(Optional.of(hash), Optional.empty());
  }

  /** By a provider, which gave this token. */
  public static Credential idToken(Secret token) {
    return new Credential(Optional.empty(), Optional.of(token));
  }
}
