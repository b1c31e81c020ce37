package io.riffle.console.page;

import static io.riffle.console.html.Html.attr;
import static io.riffle.console.html.Html.cls;
import static io.riffle.console.html.Html.element;
import static io.riffle.console.html.Html.span;

import io.riffle.console.html.Node;
import java.util.Locale;

/** How much of something is done. */
public final class Progress {
  private Progress() {}

  /**
   * A bar with its per cent.
   *
   * @param all 0 when not known yet
   */
  public static Node of(long done, long all) {
    if (all <= 0) {
      return span(Words.number(done));
    }
    double share = Math.min(100.0, 100.0 * done / all);
    return span(
        cls("bar"),
        element(
            "progress",
            attr("max", all),
            attr("value", Math.min(done, all)),
            attr("aria-label", Words.number(done) + " of " + Words.number(all))),
        String.format(Locale.ROOT, " %.0f %%", Math.floor(share)));
  }
}
