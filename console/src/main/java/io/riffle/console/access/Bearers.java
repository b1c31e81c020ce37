package io.riffle.console.access;

/** Knows programs by the access tokens that they send. Safe for use by several threads. */
@FunctionalInterface
public interface Bearers {
  /**
   * Whose token that is.
   *
   * @throws RefusedException 401 when it is not valid, 403 when its owner has no role here, 503
   *     when that cannot be told now
   */
  Visitor visitor(String token);
}
