package io.riffle.console.oidc;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * How tokens may be signed: with the private half of a pair, never with what both sides know, and
 * never not at all. What a token says of that itself does not widen it.
 */
final class Algorithms {
  private static final Set<JWSAlgorithm> ALLOWED = allowed();

  private Algorithms() {}

  private static Set<JWSAlgorithm> allowed() {
    Set<JWSAlgorithm> allowed = new LinkedHashSet<>(JWSAlgorithm.Family.RSA);
    allowed.add(JWSAlgorithm.ES256);
    allowed.add(JWSAlgorithm.ES384);
    allowed.add(JWSAlgorithm.ES512);
    return allowed;
  }

  /** Finds the provider's key for a token. */
  static JWSKeySelector<SecurityContext> keys(Provider provider) {
    return new JWSVerificationKeySelector<>(ALLOWED, provider);
  }
}
