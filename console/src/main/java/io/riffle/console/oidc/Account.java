package io.riffle.console.oidc;

import io.riffle.console.access.Role;

/**
 * Somebody as the provider knows them.
 *
 * @param name as pages and the journal show it: {@code oidc:} and the name there. No user of the
 *     file has a colon in the name
 * @param subject the provider's own, lasting mark; it says who it was when a name is given anew
 */
public record Account(String name, Role role, String subject) {
  static final String PREFIX = "oidc:";

  /** Stands for a name that is not usable, or not known. */
  static final String UNKNOWN = PREFIX + "?";
}
