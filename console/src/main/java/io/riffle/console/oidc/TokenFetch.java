package io.riffle.console.oidc;

import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Changes the code of a sign-in for its ID token. Safe for use by several threads. */
final class TokenFetch {
  private static final Logger log = LoggerFactory.getLogger(TokenFetch.class);

  private final OidcConfig config;
  private final Provider provider;
  private final Web web;
  private final URI callback;

  /**
   * @param callback the address that the provider was told when the sign-in began
   */
  TokenFetch(OidcConfig config, Provider provider, Web web, URI callback) {
    this.config = config;
    this.provider = provider;
    this.web = web;
    this.callback = callback;
  }

  /**
   * Asks for it; it is not checked yet.
   *
   * @throws OidcException when there is none
   */
  JWT idToken(String code, PendingSignIn pending) {
    OIDCProviderMetadata metadata = provider.metadata();
    AuthorizationCodeGrant grant =
        new AuthorizationCodeGrant(new AuthorizationCode(code), callback, pending.verifier());
    TokenRequest request =
        new TokenRequest.Builder(metadata.getTokenEndpointURI(), client(metadata), grant).build();
    try {
      return read(request.toHTTPRequest().send(web));
    } catch (IOException e) {
      log.atWarn().addKeyValue("error", e.getMessage()).log("the provider gives no tokens");
      throw new OidcException(Refusal.PROVIDER_AWAY);
    }
  }

  private static JWT read(HTTPResponse answer) {
    try {
      TokenResponse response = OIDCTokenResponseParser.parse(answer);
      if (!response.indicatesSuccess()) {
        throw refused(response.toErrorResponse().getErrorObject());
      }
      if (response.toSuccessResponse() instanceof OIDCTokenResponse tokens
          && tokens.getOIDCTokens().getIDToken() != null) {
        return tokens.getOIDCTokens().getIDToken();
      }
    } catch (ParseException e) {
      // Its message may quote the answer.
    }
    throw new OidcException(Refusal.PROVIDER_REFUSED);
  }

  private static OidcException refused(ErrorObject error) {
    if (OAuth2Error.INVALID_GRANT.equals(error)) {
      return new OidcException(Refusal.CODE_REFUSED);
    }
    // of a wrong secret Keycloak says the second
    if (OAuth2Error.INVALID_CLIENT.equals(error) || OAuth2Error.UNAUTHORIZED_CLIENT.equals(error)) {
      log.atWarn().log("the provider does not take console.oidc.client-id with its client-secret");
      return new OidcException(Refusal.CLIENT_REFUSED);
    }
    log.atWarn().log("the provider refused to give tokens");
    return new OidcException(Refusal.PROVIDER_REFUSED);
  }

  /** As the provider wants it; by a header unless it says otherwise. */
  private ClientAuthentication client(OIDCProviderMetadata metadata) {
    ClientID id = new ClientID(config.clientId());
    Secret secret = new Secret(config.clientSecret().reveal());
    List<ClientAuthenticationMethod> ways = metadata.getTokenEndpointAuthMethods();
    boolean post =
        ways != null
            && ways.contains(ClientAuthenticationMethod.CLIENT_SECRET_POST)
            && !ways.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC);
    return post ? new ClientSecretPost(id, secret) : new ClientSecretBasic(id, secret);
  }
}
