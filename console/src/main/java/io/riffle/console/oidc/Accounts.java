package io.riffle.console.oidc;

import io.riffle.console.access.Role;
import io.riffle.console.access.Users;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who a token is of, and what that one may here. Immutable. */
final class Accounts {
  private static final String SUBJECT = "sub";

  private final OidcConfig config;

  Accounts(OidcConfig config) {
    this.config = config;
  }

  /**
   * Reads the claims of a token that was checked.
   *
   * @throws OidcException when the name is not usable, or no role of ours is among theirs
   */
  Account of(Map<String, Object> claims) {
    String name =
        Claims.text(claims, config.nameClaim())
            .or(() -> Claims.text(claims, SUBJECT))
            .filter(Users::isName)
            .map(Account.PREFIX::concat)
            .orElseThrow(() -> new OidcException(Refusal.BAD_NAME, Optional.of(Account.UNKNOWN)));
    Role role =
        role(Claims.texts(claims, config.rolesClaim()))
            .orElseThrow(() -> new OidcException(Refusal.NO_ROLE, Optional.of(name)));
    return new Account(name, role, Claims.text(claims, SUBJECT).orElse(""));
  }

  /** The one that may most. */
  private Optional<Role> role(Set<String> values) {
    return config.roles().entrySet().stream()
        .filter(entry -> entry.getValue().stream().anyMatch(values::contains))
        .map(Map.Entry::getKey)
        .max(Comparator.naturalOrder());
  }
}
