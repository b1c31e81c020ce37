package io.riffle.samples.rows;

import java.util.SplittableRandom;

/** Texts: mostly words, at times what breaks those who are careless with text. */
final class Texts {

  private static final String[] WORDS = {
    "request",
    "report",
    "verified",
    "partner",
    "invoice",
    "missing",
    "page",
    "scan",
    "original",
    "copy",
    "stamp",
    "Prüfung",
    "наряд",
    "確認",
    "naïve",
    "🦊",
    "a;b",
    "c,d",
    "e\tf",
    "100 %"
  };

  private static final String[] ODD = {
    "",
    " ",
    "null",
    "NULL",
    "\\N",
    "\\",
    "\"",
    "'",
    "\"\"",
    "a\nb",
    "a\r\nb",
    "\t",
    "{}",
    "[]",
    "true",
    "0",
    "-",
    "ﷺ",
    "e\u0301",
    "\u00e9",
    " leading",
    "trailing ",
    "\\x00",
    "$1",
    "%s",
    "--"
  };

  private static final int ODD_ONE_IN = 15;

  /** Longer than what Postgres keeps in a row. */
  private static final int LONG = 2_500;

  private static final int HUGE = 200_000;
  private static final int HUGE_ONE_IN = 400;

  private Texts() {}

  /** Of at most so many characters. */
  static String shortText(int most, SplittableRandom random) {
    String text =
        random.nextInt(ODD_ONE_IN) == 0
            ? ODD[random.nextInt(ODD.length)]
            : words(random.nextInt(6, 40), random);
    int characters = text.codePointCount(0, text.length());
    return characters <= most ? text : text.substring(0, text.offsetByCodePoints(0, most));
  }

  /** Some thousand characters; one in 400 some hundred thousand. */
  static String longText(SplittableRandom random) {
    return words(longLength(random), random);
  }

  static int longLength(SplittableRandom random) {
    int least = random.nextInt(HUGE_ONE_IN) == 0 ? HUGE : LONG;
    return random.nextInt(least, 4 * least);
  }

  private static String words(int length, SplittableRandom random) {
    StringBuilder text = new StringBuilder(length + 16);
    while (text.length() < length) {
      text.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
    }
    return text.toString().strip();
  }

  /** As Postgres writes bytes. */
  static String bytes(int length, SplittableRandom random) {
    StringBuilder hex = new StringBuilder(2 + 2 * length).append("\\x");
    for (int i = 0; i < length; i++) {
      int octet = random.nextInt(256);
      hex.append(Character.forDigit(octet >> 4, 16)).append(Character.forDigit(octet & 15, 16));
    }
    return hex.toString();
  }

  /** Of a JSON string. */
  static String quotedJson(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> quoted.append('\\').append(c);
        case '\n' -> quoted.append("\\n");
        case '\r' -> quoted.append("\\r");
        case '\t' -> quoted.append("\\t");
        default -> quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
