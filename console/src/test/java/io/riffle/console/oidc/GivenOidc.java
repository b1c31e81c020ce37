package io.riffle.console.oidc;

import io.riffle.config.Settings;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/** Settings for an issuer. */
final class GivenOidc {
  private GivenOidc() {}

  static OidcConfig config(URI issuer, String... more) {
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "console.oidc.issuer", issuer.toString(),
                "console.oidc.client-id", TestIssuer.CLIENT,
                "console.oidc.client-secret", TestIssuer.SECRET,
                "console.oidc.audience", TestIssuer.AUDIENCE));
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return Settings.of(settings).build(OidcConfig::from).orElseThrow();
  }
}
