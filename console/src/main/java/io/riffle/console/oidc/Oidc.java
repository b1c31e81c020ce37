package io.riffle.console.oidc;

import io.riffle.console.access.Bearers;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;

/** All that the console does with one provider. Nothing is asked of it before it is needed. */
public final class Oidc {
  static final String CALLBACK = "/oidc/callback";
  static final String AFTER = "/sign-in";

  private final OidcConfig config;
  private final SignInFlow flow;
  private final SignOut signOut;
  private final Optional<Bearers> bearers;

  /**
   * @param console by which address browsers reach the console
   */
  public Oidc(OidcConfig config, URI console, Clock clock) {
    this(config, console, clock, new Web(Web.PATIENCE));
  }

  Oidc(OidcConfig config, URI console, Clock clock, Web web) {
    this.config = config;
    Provider provider = new Provider(config.issuer(), web, clock);
    this.flow = new SignInFlow(config, provider, web, console.resolve(CALLBACK), clock);
    this.signOut = new SignOut(config, provider, console.resolve(AFTER), clock);
    this.bearers =
        config
            .audience()
            .map(audience -> new AccessTokens(audience, provider, new Accounts(config)));
  }

  SignInFlow flow() {
    return flow;
  }

  SignOut signOut() {
    return signOut;
  }

  String label() {
    return config.label();
  }

  /** Who knows programs by their tokens; empty where those are not taken. */
  public Optional<Bearers> bearers() {
    return bearers;
  }
}
