package io.riffle.bench.profile;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A part of a process's work.
 *
 * @param name of a class of threads, or of a method
 * @param amount seconds, or samples
 * @param fraction of the whole
 */
public record Share(String name, double amount, double fraction) {

  /** The largest ones first. */
  static List<Share> largest(Map<String, ? extends Number> amounts, double whole, int most) {
    return amounts.entrySet().stream()
        .map(one -> new Share(one.getKey(), one.getValue().doubleValue(), part(one, whole)))
        .sorted(Comparator.comparingDouble(Share::amount).reversed().thenComparing(Share::name))
        .limit(most)
        .toList();
  }

  private static double part(Map.Entry<String, ? extends Number> one, double whole) {
    return whole == 0 ? 0 : one.getValue().doubleValue() / whole;
  }
}
