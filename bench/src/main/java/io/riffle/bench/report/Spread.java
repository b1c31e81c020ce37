package io.riffle.bench.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Median, least and greatest of some figures, to three decimals. */
public record Spread(double median, double min, double max) {

  private static final double DECIMALS = 1000;

  /**
   * Of one figure of each thing.
   *
   * @throws IllegalArgumentException when there are none
   */
  public static <T> Spread of(List<T> things, ToDoubleFunction<T> figure) {
    return of(things.stream().mapToDouble(figure).toArray());
  }

  /** The median of an even number of figures is the mean of the middle two. */
  public static Spread of(double... figures) {
    if (figures.length == 0) {
      throw new IllegalArgumentException("no figures");
    }
    double[] sorted = figures.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    double median = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    return new Spread(rounded(median), rounded(sorted[0]), rounded(sorted[sorted.length - 1]));
  }

  private static double rounded(double figure) {
    return Math.round(figure * DECIMALS) / DECIMALS;
  }

  /** {@code 0.53 (0.51-0.55)}. */
  String text(int decimals) {
    String format = "%,." + decimals + "f";
    return String.format(
        Locale.ROOT, format + " (" + format + "-" + format + ")", median, min, max);
  }
}
