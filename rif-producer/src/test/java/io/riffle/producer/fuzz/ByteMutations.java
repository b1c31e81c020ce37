package io.riffle.producer.fuzz;

import java.util.List;
import java.util.Random;

/** Steps that know nothing of what the bytes mean. Bytes are seen as characters up to U+00FF. */
final class ByteMutations {

  private static final String SPECIAL = "\0\r\n\"\\|\u00ff\u00c3\u0080\u00ef<>&;%' -\t\u001a";
  private static final int MOST = 64;

  static final List<Mutation> ALL =
      List.of(
          Mutation.ofText("flip a bit", ByteMutations::flip),
          Mutation.ofText("set a byte", (text, random) -> replace(text, random, 1, some(random))),
          Mutation.ofText("insert", (text, random) -> replace(text, random, 0, some(random))),
          Mutation.ofText("insert many", ByteMutations::insertMany),
          Mutation.ofText("delete", ByteMutations::delete),
          Mutation.ofText("truncate", (text, random) -> text.substring(0, at(text, random))),
          Mutation.ofText("drop the start", (text, random) -> text.substring(at(text, random))),
          Mutation.ofText("double a range", ByteMutations::doubleRange),
          Mutation.ofText("move a range", ByteMutations::moveRange));

  private ByteMutations() {}

  /** A place in a text, its end included. */
  static int at(String text, Random random) {
    return random.nextInt(text.length() + 1);
  }

  private static String some(Random random) {
    return String.valueOf(SPECIAL.charAt(random.nextInt(SPECIAL.length())));
  }

  private static String flip(String text, Random random) {
    if (text.isEmpty()) {
      return text;
    }
    int at = random.nextInt(text.length());
    char flipped = (char) (text.charAt(at) ^ (1 << random.nextInt(Byte.SIZE)));
    return text.substring(0, at) + flipped + text.substring(at + 1);
  }

  private static String replace(String text, Random random, int length, String by) {
    int from = at(text, random);
    return text.substring(0, from) + by + text.substring(Math.min(text.length(), from + length));
  }

  private static String insertMany(String text, Random random) {
    return replace(text, random, 0, some(random).repeat(1 + random.nextInt(MOST)));
  }

  private static String delete(String text, Random random) {
    return replace(text, random, 1 + random.nextInt(MOST), "");
  }

  private static String doubleRange(String text, Random random) {
    return insert(text, random, range(text, random));
  }

  private static String moveRange(String text, Random random) {
    String range = range(text, random);
    int from = text.indexOf(range);
    String rest = text.substring(0, from) + text.substring(from + range.length());
    return insert(rest, random, range);
  }

  private static String insert(String text, Random random, String part) {
    int at = at(text, random);
    return text.substring(0, at) + part + text.substring(at);
  }

  private static String range(String text, Random random) {
    int from = at(text, random);
    int most = random.nextBoolean() ? MOST : text.length();
    return text.substring(from, from + random.nextInt(1 + Math.min(most, text.length() - from)));
  }
}
