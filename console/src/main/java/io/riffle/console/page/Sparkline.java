package io.riffle.console.page;

import static io.riffle.console.html.Html.attr;
import static io.riffle.console.html.Html.cls;
import static io.riffle.console.html.Html.element;

import io.riffle.console.html.Html;
import io.riffle.console.html.Node;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;

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
   * @param values in order, NaN in gaps, over which no line goes; fewer than two draw nothing
   */
  public static Node of(String label, double[] values) {
    if (values.length < 2) {
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

  private static String words(double[] values) {
    DoubleSummaryStatistics all =
        Arrays.stream(values).filter(value -> !Double.isNaN(value)).summaryStatistics();
    double last = values[values.length - 1];
    return (Double.isNaN(last) ? "not known now" : Words.rate(last) + " now")
        + (all.getCount() == 0
            ? ""
            : ", from " + Words.rate(all.getMin()) + " to " + Words.rate(all.getMax()));
  }

  /** The highest of each few, so that no peak is lost. */
  private static double[] thinned(double[] values) {
    int each = (values.length + MOST - 1) / MOST;
    double[] thinned = new double[(values.length + each - 1) / each];
    Arrays.fill(thinned, Double.NaN);
    for (int i = 0; i < values.length; i++) {
      if (!Double.isNaN(values[i])) {
        double highest = thinned[i / each];
        thinned[i / each] = Double.isNaN(highest) ? values[i] : Math.max(highest, values[i]);
      }
    }
    return thinned;
  }

  /** Whole pixels: there are many of these on a page, and numbers are slow to spell. */
  private static String path(double[] values) {
    double top = Arrays.stream(values).filter(value -> !Double.isNaN(value)).max().orElse(0);
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < values.length; i++) {
      if (!Double.isNaN(values[i])) {
        double share = top <= 0 ? 0 : values[i] / top;
        path.append(isThere(values, i - 1) ? 'L' : 'M')
            .append(i * WIDTH / Math.max(1, values.length - 1))
            .append(' ')
            .append(HEIGHT - 2 - Math.round(share * (HEIGHT - 4)))
            .append(isThere(values, i - 1) || isThere(values, i + 1) ? "" : "h1");
      }
    }
    return path.toString();
  }

  private static boolean isThere(double[] values, int i) {
    return i >= 0 && i < values.length && !Double.isNaN(values[i]);
  }
}
