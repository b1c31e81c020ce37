package io.riffle.console.files;

import static io.riffle.console.html.Html.a;
import static io.riffle.console.html.Html.p;

import io.javalin.http.Context;
import io.riffle.console.html.Html;
import io.riffle.console.html.Node;
import io.riffle.console.page.Ask;
import io.riffle.console.page.Nav;
import java.util.List;
import java.util.Optional;

/**
 * Pages of the ledger, counted from the newest files. A file that comes meanwhile moves others to
 * the next page, so that no one is missed by who leafs on.
 */
final class FilePages {
  private static final int MOST = 1_000_000;

  private FilePages() {}

  /** How many newer files there are before the page that is asked for. */
  static long behind(Ask ask, int limit) {
    return (long) (page(ask) - 1) * limit;
  }

  /**
   * To the neighbours of the page that is asked for.
   *
   * @param full whether it has as many files as fit
   */
  static Optional<Node> links(Context context, boolean full) {
    int page = page(new Ask(context));
    Optional<Node> newer =
        page == 1 ? Optional.empty() : Optional.of(a(address(context, page - 1), "Newer"));
    Optional<Node> older =
        full ? Optional.of(a(address(context, page + 1), "Older")) : Optional.empty();
    return newer.isEmpty() && older.isEmpty()
        ? Optional.empty()
        : Optional.of(p(newer, " ", older));
  }

  private static int page(Ask ask) {
    return ask.limit("page", 1, MOST);
  }

  private static String address(Context context, int page) {
    StringBuilder address = new StringBuilder(Nav.FILES.path()).append("?page=").append(page);
    Ask ask = new Ask(context);
    for (String name : List.of("key", "state", "limit")) {
      ask.text(name)
          .ifPresent(
              text -> address.append('&').append(name).append('=').append(Html.encoded(text)));
    }
    return address.toString();
  }
}
