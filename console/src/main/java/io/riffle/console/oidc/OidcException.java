package io.riffle.console.oidc;

import java.util.Optional;

/** Nobody is signed in; says why, and nothing of what was sent. */
public final class OidcException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Refusal refusal;
  private final transient Optional<String> who;

  OidcException(Refusal refusal) {
    this(refusal, Optional.empty());
  }

  /**
   * @param who it would have been, as the journal names them
   */
  OidcException(Refusal refusal, Optional<String> who) {
    super(refusal.text());
    this.refusal = refusal;
    this.who = who;
  }

  public Refusal refusal() {
    return refusal;
  }

  /** Who it would have been, where that is known. */
  public Optional<String> who() {
    return who;
  }
}
