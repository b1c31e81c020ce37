package io.riffle.config;

import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses to listen at. */
final class ListenText {
  private static final Pattern FORM =
      Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^\\[\\]:\\s]+):(\\d{1,5})");
  private static final int MAX_PORT = 65_535;

  private ListenText() {}

  /**
   * Reads {@code host:port}; an IPv6 address stands in brackets.
   *
   * @throws IllegalArgumentException saying what it must be
   */
  static InetSocketAddress parse(String text) {
    Matcher form = FORM.matcher(text);
    if (form.matches() && Integer.parseInt(form.group(2)) <= MAX_PORT) {
      InetSocketAddress address =
          new InetSocketAddress(form.group(1), Integer.parseInt(form.group(2)));
      if (!address.isUnresolved()) {
        return address;
      }
    }
    throw new IllegalArgumentException("must be HOST:PORT of this machine, such as 127.0.0.1:9404");
  }
}
