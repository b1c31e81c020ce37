package io.riffle.console;

import io.riffle.config.Settings;
import io.riffle.console.ConsoleConfig.Transport;
import io.riffle.console.oidc.Trusted;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;

/** By which address browsers reach the console, for those who send them back to it. */
final class ConsoleUrl {
  private static final String KEY = "console.url";

  private ConsoleUrl() {}

  /**
   * Reads it; by default the address where the console listens, seen from the machine itself.
   *
   * @param needed whether somebody sends browsers back
   */
  static URI from(
      Settings settings, InetSocketAddress listen, Transport transport, boolean needed) {
    URI url = settings.uri(KEY, usual(listen));
    boolean given = settings.optional(KEY).isPresent();
    if (given) {
      check(settings, url, transport);
    } else if (needed && transport == Transport.TLS_PROXY) {
      settings.reject(KEY, "is missing: the https address by which browsers reach the console");
    }
    return url;
  }

  private static URI usual(InetSocketAddress listen) {
    InetAddress address = listen.getAddress();
    String host = address.isLoopbackAddress() ? address.getHostAddress() : "127.0.0.1";
    boolean six = address.isLoopbackAddress() && address instanceof Inet6Address;
    return URI.create("http://" + (six ? "[::1]" : host) + ":" + listen.getPort());
  }

  private static void check(Settings settings, URI url, Transport transport) {
    String path = url.getRawPath();
    if (url.getRawQuery() != null
        || url.getRawFragment() != null
        || !(path == null || path.isEmpty() || path.equals("/"))) {
      settings.reject(KEY, "must be https://HOST[:PORT] alone: pages are at its root");
    }
    Trusted.problem(url).ifPresent(problem -> settings.reject(KEY, problem));
    if (Trusted.isHttps(url) != (transport == Transport.TLS_PROXY)) {
      settings.reject(KEY, "is https exactly when console.transport is tls-proxy");
    }
  }
}
