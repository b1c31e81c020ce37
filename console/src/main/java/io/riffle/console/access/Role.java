package io.riffle.console.access;

import io.javalin.security.RouteRole;

/** What somebody may do; a later one may do what the earlier ones may. */
public enum Role implements RouteRole {
  /** Nobody needs to be signed in. */
  ANYBODY,
  /** Sees everything but values of records. */
  VIEWER,
  /** Redrives, discards, replays, reloads. */
  OPERATOR,
  /** Sees values of records, too. */
  ADMIN;

  /** Whether that is enough for what wants {@code wanted}. */
  public boolean may(Role wanted) {
    return compareTo(wanted) >= 0;
  }
}
