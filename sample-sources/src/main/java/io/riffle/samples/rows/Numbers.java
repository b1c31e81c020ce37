package io.riffle.samples.rows;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.SplittableRandom;

/** Decimal numbers as texts. */
final class Numbers {

  private static final int HUGE_DIGITS = 120;

  private Numbers() {}

  /**
   * For a type such as {@code numeric(12,2)}; without precision any number, at times a huge one.
   */
  static String numeric(String type, SplittableRandom random) {
    int open = type.indexOf('(');
    if (open < 0) {
      return free(random);
    }
    String[] sizes = type.substring(open + 1, type.length() - 1).split(",", -1);
    int digits = random.nextInt(1, Integer.parseInt(sizes[0]) + 1);
    return new BigDecimal(digits(digits, random), Integer.parseInt(sizes[1])).toPlainString();
  }

  private static String free(SplittableRandom random) {
    return switch (random.nextInt(6)) {
      case 0 -> "0";
      case 1 -> Long.toString(random.nextLong(-1000, 1000));
      case 2 -> random.nextInt(100) + ".500"; // the scale is the value's own
      case 3 -> "-0.00000000000000000" + random.nextInt(1, 100);
      case 4 -> digits(HUGE_DIGITS, random) + "." + random.nextInt(1, 10);
      default -> new BigDecimal(digits(9, random), random.nextInt(7)).toPlainString();
    };
  }

  private static BigInteger digits(int digits, SplittableRandom random) {
    StringBuilder text = new StringBuilder(random.nextInt(5) == 0 ? "-" : "");
    for (int i = 0; i < digits; i++) {
      text.append((char) ('0' + random.nextInt(i == 0 ? 1 : 0, 10)));
    }
    return new BigInteger(text.toString());
  }
}
