package io.riffle.console.oidc;

import io.riffle.config.Secret;
import io.riffle.config.Settings;
import io.riffle.console.access.Role;
import java.net.URI;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How to sign in at a provider; README.md has the table of keys.
 *
 * @param issuer as the provider's tokens name it
 * @param nameClaim who it is; tokens without it: {@code sub}
 * @param rolesClaim what names the roles; a dotted path goes into objects
 * @param roles the values of that claim which mean a role
 * @param label of the link to the provider
 * @param audience of access tokens that programs send; none: they are not taken
 */
public record OidcConfig(
    URI issuer,
    String clientId,
    Secret clientSecret,
    List<String> scopes,
    String nameClaim,
    String rolesClaim,
    Map<Role, Set<String>> roles,
    String label,
    Optional<String> audience) {
  private static final String PREFIX = "console.oidc.";
  private static final String ISSUER = PREFIX + "issuer";
  private static final String CLIENT_ID = PREFIX + "client-id";
  private static final String CLIENT_SECRET = PREFIX + "client-secret";
  private static final String SCOPES = PREFIX + "scopes";
  private static final String AUDIENCE = PREFIX + "audience";
  private static final URI NONE = URI.create("https://none.invalid");

  public OidcConfig {
    scopes = List.copyOf(scopes);
    roles = Map.copyOf(roles);
  }

  /** Reads all keys; empty when there is no issuer, and then no other key may be there. */
  public static Optional<OidcConfig> from(Settings settings) {
    Optional<String> issuer = settings.optional(ISSUER);
    Optional<String> clientId = settings.optional(CLIENT_ID);
    Optional<Secret> clientSecret = settings.secret(CLIENT_SECRET);
    OidcConfig config =
        new OidcConfig(
            issuer.map(given -> settings.uri(ISSUER)).orElse(NONE),
            clientId.orElse(""),
            clientSecret.orElseGet(() -> Secret.of("")),
            List.of(settings.string(SCOPES, "openid profile").split("[ ,]+")),
            settings.string(PREFIX + "name-claim", "preferred_username"),
            settings.string(PREFIX + "roles-claim", "roles"),
            roles(settings),
            settings.string(PREFIX + "label", "Sign in with OpenID Connect"),
            settings.optional(AUDIENCE));
    if (issuer.isPresent()) {
      needed(settings, CLIENT_ID, clientId.isPresent());
      needed(settings, CLIENT_SECRET, clientSecret.isPresent());
      config.check(settings);
      return Optional.of(config);
    }
    if (clientId.isPresent() || clientSecret.isPresent() || config.audience().isPresent()) {
      settings.reject(ISSUER, "is missing: the address of the provider of sign-ins");
    }
    return Optional.empty();
  }

  private static Map<Role, Set<String>> roles(Settings settings) {
    Map<Role, Set<String>> roles = new EnumMap<>(Role.class);
    roles.put(Role.VIEWER, values(settings, "viewer"));
    roles.put(Role.OPERATOR, values(settings, "operator"));
    roles.put(Role.ADMIN, values(settings, "admin"));
    return roles;
  }

  private static Set<String> values(Settings settings, String role) {
    return Set.copyOf(settings.list(PREFIX + "roles." + role, List.of("riffle-" + role)));
  }

  private static void needed(Settings settings, String key, boolean isThere) {
    if (!isThere) {
      settings.reject(key, "is missing: the provider gives it when the console is registered");
    }
  }

  private void check(Settings settings) {
    Trusted.problem(issuer).ifPresent(problem -> settings.reject(ISSUER, problem));
    if (issuer.getRawQuery() != null || issuer.getRawFragment() != null) {
      settings.reject(ISSUER, "must have neither ? nor #");
    }
    if (!scopes.contains("openid")) {
      settings.reject(SCOPES, "must contain openid");
    }
    if (audience.filter(clientId::equals).isPresent()) {
      settings.reject(
          AUDIENCE, "must not be the client id: that is whom ID tokens are for, not access tokens");
    }
  }
}
