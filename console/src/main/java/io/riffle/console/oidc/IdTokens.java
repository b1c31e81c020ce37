package io.riffle.console.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks ID tokens (OpenID Connect Core, 3.1.3.7). Safe for use by several threads. */
final class IdTokens {
  private static final Logger log = LoggerFactory.getLogger(IdTokens.class);

  /** By which clocks may differ. */
  static final int SKEW_SECONDS = 30;

  private final String clientId;
  private final IDTokenValidator validator;

  IdTokens(OidcConfig config, Provider provider) {
    this.clientId = config.clientId();
    this.validator =
        new IDTokenValidator(
            new Issuer(provider.issuer()),
            new ClientID(clientId),
            Algorithms.keys(provider),
            null); // encrypted ones are not taken
    validator.setMaxClockSkew(SKEW_SECONDS);
  }

  /**
   * The claims of a token for us, of our provider, for this sign-in.
   *
   * @throws OidcException when it is not
   */
  Map<String, Object> check(JWT token, Nonce nonce) {
    try {
      JWTClaimsSet claims = validator.validate(token, nonce).toJWTClaimsSet();
      requireParty(claims);
      return claims.getClaims();
    } catch (BadJOSEException | JOSEException | ParseException | java.text.ParseException e) {
      log.atWarn()
          .addKeyValue("error", e.getClass().getSimpleName())
          .log("an ID token of the provider does not pass");
      throw new OidcException(Refusal.BAD_TOKEN);
    }
  }

  /** A token for several, or made for another one, must say that we are the one it was made for. */
  private void requireParty(JWTClaimsSet claims) throws java.text.ParseException {
    List<String> audience = claims.getAudience();
    String party = claims.getStringClaim("azp");
    if (party == null ? audience.size() > 1 : !party.equals(clientId)) {
      throw new OidcException(Refusal.BAD_TOKEN);
    }
  }
}
