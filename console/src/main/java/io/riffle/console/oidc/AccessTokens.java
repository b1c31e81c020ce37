package io.riffle.console.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.ExpiredJWTException;
import io.riffle.console.access.Bearers;
import io.riffle.console.access.RefusedException;
import io.riffle.console.access.Visitor;
import java.text.ParseException;
import java.util.Set;

/**
 * Checks access tokens of programs: of our issuer, for the configured audience, not over (RFC
 * 9068). An ID token is none, whomever it is for. Safe for use by several threads.
 */
final class AccessTokens implements Bearers {
  private static final int UNAUTHORIZED = 401;
  private static final JOSEObjectType ACCESS_TOKEN = new JOSEObjectType("at+jwt");

  /** Only ID tokens have them. */
  private static final Set<String> OF_ID_TOKENS = Set.of("nonce", "at_hash", "c_hash");

  private final Accounts accounts;
  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

  AccessTokens(String audience, Provider provider, Accounts accounts) {
    this.accounts = accounts;
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, ACCESS_TOKEN, null));
    processor.setJWSKeySelector(Algorithms.keys(provider));
    DefaultJWTClaimsVerifier<SecurityContext> claims =
        new DefaultJWTClaimsVerifier<>(
            Set.of(audience),
            new JWTClaimsSet.Builder().issuer(provider.issuer().toString()).build(),
            Set.of("sub", "iat", "exp"),
            OF_ID_TOKENS);
    claims.setMaxClockSkew(IdTokens.SKEW_SECONDS);
    processor.setJWTClaimsSetVerifier(claims);
  }

  @Override
  public Visitor visitor(String token) {
    try {
      Account account = accounts.of(processor.process(token, null).getClaims());
      return new Visitor(account.name(), account.role(), "", "API");
    } catch (ExpiredJWTException e) {
      throw new RefusedException(UNAUTHORIZED, "the access token is over: fetch another one");
    } catch (ParseException | BadJOSEException | JOSEException e) {
      throw new RefusedException(UNAUTHORIZED, "the access token is not valid here");
    } catch (OidcException e) {
      throw new RefusedException(e.refusal().status(), e.refusal().text());
    }
  }
}
