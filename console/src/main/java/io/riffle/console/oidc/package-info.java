/**
 * Signing in at a provider of OpenID Connect: authorization code flow with PKCE, and access tokens
 * of programs. Start at {@link io.riffle.console.oidc.SignInFlow}; {@link
 * io.riffle.console.oidc.OidcPages} is what browsers see of it. What a provider or a browser sends
 * is never quoted, and no token, code or secret is in any log, error or page.
 *
 * <p>Not here: sessions, which are those of everybody ({@link io.riffle.console.access.Gate}).
 */
package io.riffle.console.oidc;
