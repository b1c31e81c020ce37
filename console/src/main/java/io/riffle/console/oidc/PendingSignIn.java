package io.riffle.console.oidc;

import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.Nonce;

/**
 * A sign-in that was begun.
 *
 * @param state comes back with the browser
 * @param nonce comes back in the ID token
 * @param verifier shows the provider that who fetches the token is who began
 * @param to the page that was wanted
 */
record PendingSignIn(State state, Nonce nonce, CodeVerifier verifier, String to) {

  static PendingSignIn to(String page) {
    return new PendingSignIn(new State(), new Nonce(), new CodeVerifier(), page);
  }

  @Override
  public String toString() {
    return "PendingSignIn[***]";
  }
}
