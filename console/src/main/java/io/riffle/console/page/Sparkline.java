package io.riffle.console.page;

import static io.riffle.console.html.Html.attr;
import static io.riffle.console.html.Html.cls;
import static io.riffle.console.html.Html.element;

import io.riffle.console.html.Html;
import io.riffle.console.html.Node;
import java.util.List;
import java.util.Locale;

/** A small graph without a script. */
public final class Sparkline {
  private static final int WIDTH = 120;
  private static final int HEIGHT = 24;

  private Sparkline() {}

  /**
   * A line from left to right.
   *
   * @param label for those who cannot see it
   * @param values in order; fewer than two draw nothing
   */
  public static Node of(String label, List<? extends Number> values) {
    if (values.size() < 2) {
      return Html.none();
    }
    double top = values.stream().mapToDouble(Number::doubleValue).max().orElse(0);
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < values.size(); i++) {
      double x = (double) i * WIDTH / (values.size() - 1);
      double share = top <= 0 ? 0 : values.get(i).doubleValue() / top;
      double y = HEIGHT - 2 - share * (HEIGHT - 4);
      path.append(String.format(Locale.ROOT, "%s%.1f %.1f", i == 0 ? "M" : "L", x, y));
    }
    return element(
        "svg",
        cls("spark"),
        attr("viewBox", "0 0 " + WIDTH + " " + HEIGHT),
        attr("width", WIDTH),
        attr("height", HEIGHT),
        attr("role", "img"),
        attr("aria-label", label),
        element("path", attr("d", path), attr("fill", "none")));
  }
}
