package io.riffle.console.page;

import static io.riffle.console.html.Html.attr;
import static io.riffle.console.html.Html.cls;
import static io.riffle.console.html.Html.p;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.riffle.console.access.Gate;
import io.riffle.console.html.Html;
import io.riffle.console.html.Node;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What came of an action, told on the next page of whoever did it. It is kept by the session's
 * token, not in an address. Safe for use by several threads.
 */
final class Notices {
  private static final int MOST = 10_000;

  private final Map<String, Notice> waiting = new ConcurrentHashMap<>();

  private record Notice(boolean well, String text) {}

  /** Leaves word, and leads on. */
  void leave(Context context, boolean well, String text, String next) {
    if (waiting.size() < MOST) {
      waiting.put(Gate.visitor(context).token(), new Notice(well, text));
    }
    context.redirect(next, HttpStatus.SEE_OTHER);
  }

  Node take(Context context) {
    Optional<Notice> notice = Gate.maybe(context).map(visitor -> waiting.remove(visitor.token()));
    return notice
        .map(
            told ->
                p(
                    cls(told.well() ? "notice" : "notice bad"),
                    attr("role", told.well() ? "status" : "alert"),
                    attr("data-keep", ""),
                    told.text()))
        .orElseGet(Html::none);
  }
}
