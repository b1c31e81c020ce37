package io.riffle.console.oidc;

import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.openid.connect.sdk.LogoutRequest;
import io.riffle.config.Secret;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Ends a session at the provider, too (OpenID Connect RP-Initiated Logout). The ID token goes there
 * by an address that no page of ours has. Safe for use by several threads.
 */
final class SignOut {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int MOST = 1_000;

  /** An address much longer is refused by many servers. */
  private static final int LONGEST_HINT = 6 * 1024;

  private final String clientId;
  private final Provider provider;
  private final URI after;
  private final Tickets<URI> leaving;

  /**
   * @param after where the provider leads to in the end
   */
  SignOut(OidcConfig config, Provider provider, URI after, Clock clock) {
    this.clientId = config.clientId();
    this.provider = provider;
    this.after = after;
    this.leaving = new Tickets<>(MOST, PATIENCE, clock);
  }

  /** A ticket for the way there; empty where the provider has no such place, or does not answer. */
  Optional<String> begin(Secret idToken) {
    try {
      return Optional.ofNullable(provider.metadata().getEndSessionEndpointURI())
          .map(end -> leaving.keep(address(end, idToken)));
    } catch (OidcException e) {
      return Optional.empty();
    }
  }

  /** Where the browser with that ticket goes, once. */
  Optional<URI> take(String ticket) {
    return leaving.take(ticket, any -> true);
  }

  private URI address(URI end, Secret idToken) {
    return new LogoutRequest(end, hint(idToken), null, new ClientID(clientId), after, null, null)
        .toURI();
  }

  private static JWT hint(Secret idToken) {
    try {
      boolean fits = idToken.reveal().length() <= LONGEST_HINT;
      return fits ? JWTParser.parse(idToken.reveal()) : null;
    } catch (ParseException e) {
      throw new IllegalStateException("it was a token when it was kept");
    }
  }
}
