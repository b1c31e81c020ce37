package io.riffle.lease;

/** What came of asking for the lease. */
public sealed interface LeaseAnswer {

  /**
   * It is the asker's.
   *
   * @param token to be checked in every transaction; another one when it was somebody else's
   *     meanwhile
   */
  record Held(long token) implements LeaseAnswer {}

  /** It is with somebody else; the asker is known to wait while it asks again. */
  record Elsewhere(LeaseStatus status) implements LeaseAnswer {}

  /**
   * The token.
   *
   * @throws LeaseElsewhereException when there is none
   */
  default long orElseThrow() {
    if (this instanceof Held held) {
      return held.token();
    }
    throw new LeaseElsewhereException(((Elsewhere) this).status());
  }
}
