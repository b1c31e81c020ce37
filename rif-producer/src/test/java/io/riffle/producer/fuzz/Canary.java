package io.riffle.producer.fuzz;

import java.util.Locale;

/** A value that stands for health data: it must not come out where values must not be. */
final class Canary {

  /** As long as a Medicare number, and a digit first as they have. */
  static final String VALUE = "9ZQ7CANARY5";

  private Canary() {}

  /**
   * @throws AssertionError when a text that operators read has the value
   */
  static void requireAbsentFrom(String text) {
    if (text.toUpperCase(Locale.ROOT).contains(VALUE)) {
      throw new AssertionError("a value of the data is in: " + text);
    }
  }
}
