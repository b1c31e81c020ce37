package io.riffle.samples.rows;

import java.util.Locale;
import java.util.SplittableRandom;

/** Names, addresses and numbers of nobody; each says so itself. */
final class Invented {

  private static final String[] FIRST = {
    "Testa", "Fiktiv", "Erfunda", "Nemo", "Placebo", "Musterine", "Dummy", "Sampleton", "Noöne"
  };
  private static final String[] LAST = {
    "Musterbeispiel", "Nobodyson", "Von Erfunden", "O'Testcase", "Fictional-Person", "Beispielová"
  };
  private static final int NUMBERS = 100;

  private Invented() {}

  static String firstName(SplittableRandom random) {
    return any(FIRST, random);
  }

  static String lastName(SplittableRandom random) {
    return any(LAST, random) + " " + random.nextInt(1000);
  }

  static String name(SplittableRandom random) {
    return firstName(random) + " " + lastName(random);
  }

  /** In a domain that can never exist; cases are mixed. */
  static String email(SplittableRandom random) {
    String mail =
        "test.person" + random.nextInt(1_000_000) + "@sample" + random.nextInt(9) + ".invalid";
    return random.nextInt(4) == 0 ? mail.toUpperCase(Locale.ROOT) : mail;
  }

  /** 555-01xx is never given to anybody. */
  static String phone(SplittableRandom random) {
    return String.format(Locale.ROOT, "98555501%02d", random.nextInt(NUMBERS));
  }

  private static String any(String[] of, SplittableRandom random) {
    return of[random.nextInt(of.length)];
  }
}
