package io.riffle.console.page;

import static io.riffle.console.html.Html.attr;
import static io.riffle.console.html.Html.cls;
import static io.riffle.console.html.Html.element;

import io.riffle.console.html.Html;
import io.riffle.console.html.Node;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;

/** A small graph without a script. */
public final class Sparkline {
  private static final int WIDTH = 120;
  private static final int HEIGHT = 24;
  private static final int MOST = 60;

  private Sparkline() {}

  /**
   * A line from left to right.
   *
   * @param label what it is; the last, the lowest and the highest value are told after it
   * @param values in order; fewer than two draw nothing
   */
  public static Node of(String label, List<? extends Number> values) {
    if (values.size() < 2) {
      return Html.none();
    }
    return element(
        "svg",
        cls("spark"),
        attr("viewBox", "0 0 " + WIDTH + " " + HEIGHT),
        attr("width", WIDTH),
        attr("height", HEIGHT),
        attr("role", "img"),
        attr("aria-label", label + ": " + words(values)),
        element("path", attr("d", path(thinned(values))), attr("fill", "none")));
  }

  private static String words(List<? extends Number> values) {
    DoubleSummaryStatistics all =
        values.stream().mapToDouble(Number::doubleValue).summaryStatistics();
    return Words.rate(values.get(values.size() - 1).doubleValue())
        + " now, from "
        + Words.rate(all.getMin())
        + " to "
        + Words.rate(all.getMax());
  }

  /** The highest of each few, so that no peak is lost. */
  private static double[] thinned(List<? extends Number> values) {
    int each = (values.size() + MOST - 1) / MOST;
    double[] thinned = new double[(values.size() + each - 1) / each];
    for (int i = 0; i < values.size(); i++) {
      thinned[i / each] = Math.max(thinned[i / each], values.get(i).doubleValue());
    }
    return thinned;
  }

  /** Whole pixels: there are many of these on a page, and numbers are slow to spell. */
  private static String path(double[] values) {
    double top = Arrays.stream(values).max().orElse(0);
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < values.length; i++) {
      double share = top <= 0 ? 0 : values[i] / top;
      path.append(i == 0 ? 'M' : 'L')
          .append(i * WIDTH / Math.max(1, values.length - 1))
          .append(' ')
          .append(HEIGHT - 2 - Math.round(share * (HEIGHT - 4)));
    }
    return path.toString();
  }
}
