package io.riffle.console.oidc;

import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Prompt;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import io.riffle.config.Secret;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The authorization code flow (OpenID Connect Core, 3.1) with PKCE: sends a browser to the provider
 * and finds out who came back. Safe for use by several threads.
 */
final class SignInFlow {
  /** Within which somebody has signed in at the provider. */
  static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final int MOST = 10_000;

  private final OidcConfig config;
  private final Provider provider;
  private final TokenFetch tokens;
  private final IdTokens idTokens;
  private final Accounts accounts;
  private final URI callback;
  private final Tickets<PendingSignIn> pending;

  SignInFlow(OidcConfig config, Provider provider, Web web, URI callback, Clock clock) {
    this.config = config;
    this.provider = provider;
    this.tokens = new TokenFetch(config, provider, web, callback);
    this.idTokens = new IdTokens(config, provider);
    this.accounts = new Accounts(config);
    this.callback = callback;
    this.pending = new Tickets<>(MOST, PATIENCE, clock);
  }

  /**
   * A sign-in that has begun.
   *
   * @param address of the provider, where the browser goes
   * @param ticket for a cookie of this browser
   */
  record Begun(URI address, String ticket) {
    @Override
    public String toString() {
      return "Begun[***]";
    }
  }

  /**
   * Somebody who signed in.
   *
   * @param idToken for the end of it
   * @param to the page that was wanted
   */
  record SignedIn(Account account, Secret idToken, String to) {}

  /**
   * Begins.
   *
   * @param to a page of ours
   * @param again asks for name and password even of somebody whom the provider knows
   * @throws OidcException when the provider does not answer
   */
  Begun begin(String to, boolean again) {
    OIDCProviderMetadata metadata = provider.metadata();
    PendingSignIn sign = PendingSignIn.to(to);
    AuthenticationRequest.Builder request =
        new AuthenticationRequest.Builder(
                ResponseType.CODE,
                Scope.parse(config.scopes()),
                new ClientID(config.clientId()),
                callback)
            .endpointURI(metadata.getAuthorizationEndpointURI())
            .state(sign.state())
            .nonce(sign.nonce())
            .codeChallenge(sign.verifier(), CodeChallengeMethod.S256);
    if (again) {
      request.prompt(new Prompt(Prompt.Type.LOGIN));
    }
    return new Begun(request.build().toURI(), pending.keep(sign));
  }

  /**
   * Ends it, well or not; it is used up either way once it is known which one it was.
   *
   * @param ticket of the browser's cookie
   * @throws OidcException when nobody is signed in
   */
  SignedIn finish(Optional<String> ticket, Map<String, List<String>> parameters) {
    Callback back = Callback.of(parameters);
    PendingSignIn begun =
        pending
            .take(
                ticket.orElse(null),
                one -> back.state().equals(Optional.of(one.state().getValue())))
            .orElseThrow(() -> new OidcException(Refusal.NOT_BEGUN_HERE));
    requireOurIssuer(back);
    if (back.error().isPresent()) {
      boolean denied = back.error().get().equals("access_denied");
      throw new OidcException(denied ? Refusal.DENIED : Refusal.PROVIDER_REFUSED);
    }
    String code = back.code().orElseThrow(() -> new OidcException(Refusal.PROVIDER_REFUSED));
    JWT token = tokens.idToken(code, begun);
    Account account = accounts.of(idTokens.check(token, begun.nonce()));
    return new SignedIn(account, Secret.of(token.serialize()), begun.to());
  }

  /** An answer of another provider must not send us to ours with its code (RFC 9207). */
  private void requireOurIssuer(Callback back) {
    boolean must = provider.metadata().supportsAuthorizationResponseIssuerParam();
    String ours = provider.issuer().toString();
    if (back.issuer().map(given -> !given.equals(ours)).orElse(must)) {
      throw new OidcException(Refusal.OTHER_ISSUER);
    }
  }
}
