package io.riffle.cdc.obfuscate;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How a value is hidden. */
sealed interface Method {

  /** The word of the rules. */
  default String written() {
    if (this instanceof Nothing) {
      return "null";
    }
    return this instanceof DateShift
        ? "date-shift"
        : getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  /** Leaves as it is. */
  record Keep() implements Method {}

  /** Nothing leaves. */
  record Nothing() implements Method {}

  /** First three and last two digits. */
  record Phone() implements Method {}

  /** Ends of the local part, first letter of the domain, last label. */
  record Email() implements Method {}

  /**
   * A keyed hash, or a number of as many digits where the column holds numbers.
   *
   * @param digits hexadecimal digits of a text's hash
   */
  record Hash(int digits) implements Method {
    static final int USUAL = 16;
    static final int LEAST = 8;
    static final int MOST = 64;
  }

  /** Another name, from a list. */
  record Name(Part part) implements Method {
    enum Part {
      FULL,
      FIRST,
      LAST
    }
  }

  /**
   * A day up to {@code days} earlier or later, never the same.
   *
   * @param by column of the same row; all dates of rows that are equal in it move alike. Empty: the
   *     row's key
   */
  record DateShift(int days, Optional<String> by) implements Method {
    static final int MOST = 3_650;
  }

  /**
   * Reads the written form, such as {@code hash}, {@code hash 24}, {@code name first} or {@code
   * date-shift 30 by patient_id}.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  static Method parse(String text) {
    List<String> words = List.of(text.strip().split("\\s+"));
    List<String> rest = words.subList(1, words.size());
    return switch (words.get(0).toLowerCase(Locale.ROOT)) {
      case "keep" -> alone(rest, new Keep());
      case "null" -> alone(rest, new Nothing());
      case "phone" -> alone(rest, new Phone());
      case "email" -> alone(rest, new Email());
      case "hash" -> hash(rest);
      case "name" -> name(rest);
      case "date-shift" -> dateShift(rest);
      default ->
          throw new IllegalArgumentException(
              "must be phone, email, hash, name, date-shift, null or keep: " + text);
    };
  }

  private static Method alone(List<String> rest, Method method) {
    if (!rest.isEmpty()) {
      throw new IllegalArgumentException("nothing may follow: " + String.join(" ", rest));
    }
    return method;
  }

  private static Method hash(List<String> rest) {
    int digits = rest.isEmpty() ? Hash.USUAL : number(rest.get(0), Hash.LEAST, Hash.MOST);
    return alone(rest.subList(Math.min(1, rest.size()), rest.size()), new Hash(digits));
  }

  private static Method name(List<String> rest) {
    if (rest.isEmpty()) {
      return new Name(Name.Part.FULL);
    }
    List<String> after = rest.subList(1, rest.size());
    return switch (rest.get(0)) {
      case "full" -> alone(after, new Name(Name.Part.FULL));
      case "first" -> alone(after, new Name(Name.Part.FIRST));
      case "last" -> alone(after, new Name(Name.Part.LAST));
      default -> throw new IllegalArgumentException("name knows full, first and last");
    };
  }

  private static Method dateShift(List<String> rest) {
    boolean by = rest.size() == 3 && rest.get(1).equals("by");
    if (rest.size() != 1 && !by) {
      throw new IllegalArgumentException("must be like date-shift 30, or date-shift 30 by column");
    }
    return new DateShift(
        number(rest.get(0), 1, DateShift.MOST), by ? Optional.of(rest.get(2)) : Optional.empty());
  }

  private static int number(String text, int least, int most) {
    if (text.matches("\\d{1,6}")) {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw new IllegalArgumentException(
        "must be a whole number from " + least + " to " + most + ": " + text);
  }
}
