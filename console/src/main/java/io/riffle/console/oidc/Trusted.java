package io.riffle.console.oidc;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which addresses may carry secrets: those with TLS, and those that do not leave the machine. */
public final class Trusted {
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]|\\[0:0:0:0:0:0:0:1]");

  private Trusted() {}

  /** What is wrong with an address, if anything. */
  public static Optional<String> problem(URI address) {
    if (address.getHost() == null || address.getRawUserInfo() != null) {
      return Optional.of("must be https://HOST, without a name or password");
    }
    if (isHttps(address) || (isHttp(address) && isLoopback(address))) {
      return Optional.empty();
    }
    return Optional.of(
        "must be https: secrets would cross the network in the clear (http is for this machine"
            + " alone, 127.0.0.1 or localhost)");
  }

  static boolean is(URI address) {
    return address != null && problem(address).isEmpty();
  }

  /** Whether it speaks TLS. */
  public static boolean isHttps(URI address) {
    return "https".equalsIgnoreCase(address.getScheme());
  }

  private static boolean isHttp(URI address) {
    return "http".equalsIgnoreCase(address.getScheme());
  }

  /** By its name: a name server is not asked, for it may say otherwise later. */
  private static boolean isLoopback(URI address) {
    return LOOPBACK.matcher(address.getHost().toLowerCase(Locale.ROOT)).matches();
  }
}
