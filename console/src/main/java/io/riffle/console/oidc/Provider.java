package io.riffle.console.oidc;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a provider says of itself (OpenID Connect Discovery), and its keys. Asked for when they are
 * needed first; a key that is not known makes it ask again. Safe for use by several threads.
 */
final class Provider implements JWKSource<SecurityContext> {
  private static final Logger log = LoggerFactory.getLogger(Provider.class);
  private static final String DOCUMENT = "/.well-known/openid-configuration";
  private static final Duration METADATA_LIFE = Duration.ofHours(1);

  /** After that, a key that was taken away counts no more. */
  private static final Duration KEYS_LIFE = Duration.ofMinutes(5);

  private final URI issuer;
  private final Web web;
  private final Kept<OIDCProviderMetadata> metadata;
  private final Kept<JWKSet> keys;

  Provider(URI issuer, Web web, Clock clock) {
    this.issuer = issuer;
    this.web = web;
    this.metadata = new Kept<>(this::readMetadata, METADATA_LIFE, clock);
    this.keys = new Kept<>(this::readKeys, KEYS_LIFE, clock);
  }

  URI issuer() {
    return issuer;
  }

  /**
   * Where its parts are.
   *
   * @throws OidcException when it does not answer, or is not to be trusted
   */
  OIDCProviderMetadata metadata() {
    return metadata.get();
  }

  @Override
  public List<JWK> get(JWKSelector wanted, SecurityContext context) {
    List<JWK> known = wanted.select(keys.get());
    return known.isEmpty() ? wanted.select(keys.anew()) : known;
  }

  private OIDCProviderMetadata readMetadata() {
    String text = read(URI.create(issuer.toString().replaceFirst("/$", "") + DOCUMENT));
    try {
      OIDCProviderMetadata said = OIDCProviderMetadata.parse(text);
      if (said.getIssuer().getValue().equals(issuer.toString()) && isTrusted(said)) {
        return said;
      }
    } catch (ParseException e) {
      // Its message may quote the document.
    }
    log.atWarn()
        .addKeyValue("issuer", issuer)
        .log(
            "the provider of sign-ins names another issuer, or addresses without TLS, or lacks some");
    throw new OidcException(Refusal.PROVIDER_BROKEN);
  }

  private static boolean isTrusted(OIDCProviderMetadata said) {
    URI end = said.getEndSessionEndpointURI();
    return Trusted.is(said.getAuthorizationEndpointURI())
        && Trusted.is(said.getTokenEndpointURI())
        && Trusted.is(said.getJWKSetURI())
        && (end == null || Trusted.is(end));
  }

  private JWKSet readKeys() {
    String text = read(metadata().getJWKSetURI());
    try {
      return JWKSet.parse(text);
    } catch (java.text.ParseException e) {
      log.atWarn().addKeyValue("issuer", issuer).log("the provider's keys cannot be read");
      throw new OidcException(Refusal.PROVIDER_BROKEN);
    }
  }

  private String read(URI address) {
    try {
      return web.get(address);
    } catch (IOException e) {
      log.atWarn()
          .addKeyValue("issuer", issuer)
          .addKeyValue("address", address)
          .addKeyValue("error", e.getMessage())
          .log("the provider of sign-ins does not answer");
      throw new OidcException(Refusal.PROVIDER_AWAY);
    }
  }
}
