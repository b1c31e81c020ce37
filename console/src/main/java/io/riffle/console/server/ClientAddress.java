package io.riffle.console.server;

import io.javalin.http.Context;

/** Whose request it is where all come by way of a proxy: that of the limit of sign-ins. */
final class ClientAddress {
  private static final String HEADER = "X-Forwarded-For";

  private ClientAddress() {}

  /**
   * What the proxy has added, the last one: those before it anybody may have written. Without it
   * the proxy's own, which all share.
   */
  static String behindProxy(Context context) {
    String told = context.header(HEADER);
    if (told == null || told.isBlank()) {
      return context.req().getRemoteAddr();
    }
    return told.substring(told.lastIndexOf(',') + 1).strip();
  }
}
