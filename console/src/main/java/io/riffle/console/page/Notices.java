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
  private static final String REFUSAL = "refusal";

  /** What htmx says of itself. */
  private static final String LOOKS_AGAIN = "HX-Request";

  private final Map<String, Notice> waiting = new ConcurrentHashMap<>();

  private record Notice(boolean well, String text) {}

  private record Refusal(Notice why, String address) {}

  /** Leaves word, and leads on. */
  void leave(Context context, boolean well, String text, String next) {
    if (waiting.size() < MOST) {
      waiting.put(Gate.visitor(context).token(), new Notice(well, text));
    }
    context.redirect(next, HttpStatus.SEE_OTHER);
  }

  /**
   * Why a form was refused, for the page that this request is answered with.
   *
   * @param address of that page
   */
  void refuse(Context context, String why, String address) {
    context.attribute(REFUSAL, new Refusal(new Notice(false, why), address));
  }

  /** Where the page is that answers a form that was refused. */
  static Optional<String> address(Context context) {
    return refusal(context).map(Refusal::address);
  }

  private static Optional<Refusal> refusal(Context context) {
    return Optional.ofNullable(context.attribute(REFUSAL));
  }

  Node take(Context context) {
    return shown(refusal(context).map(Refusal::why).or(() -> waiting(context)));
  }

  /** A page that looks again, of this window or another, has not been led on to. */
  private Optional<Notice> waiting(Context context) {
    if (context.header(LOOKS_AGAIN) != null) {
      return Optional.empty();
    }
    return Gate.maybe(context).map(visitor -> waiting.remove(visitor.token()));
  }

  private static Node shown(Optional<Notice> notice) {
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
