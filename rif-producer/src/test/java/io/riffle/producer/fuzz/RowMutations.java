package io.riffle.producer.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;

/** Steps on rows and their fields, as somebody who knows nothing of quotes sees them. */
final class RowMutations {

  private static final String[] ODD = {
    "",
    " ",
    "-",
    "+",
    ".",
    "0",
    "-0",
    "007",
    "+5",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775809",
    "1,234.5",
    "1e5",
    "NaN",
    "infinity",
    "1".repeat(40),
    "0." + "0".repeat(40) + "1",
    "12345678901234567890123456789012345678",
    "99999999.99999",
    "31-FEB-2020",
    "00000000",
    "29-FEB-1900",
    "01-MAI-2020",
    "01-JAN-20",
    "9999-12-31",
    "0001-01-01",
    "DELETE",
    "delete",
    "UPDATE",
    "\"",
    "\"\"",
    "\"\"\"",
    "\"a",
    "a\"b",
    "\"a\"b\"",
    "\"a\nb\"",
    "\"a|b\"",
    "\\",
    "\\\\",
    "a\\",
    "=1+1",
    "@x",
    "\u00c3\u00a9",
    "\u00c3(",
    "\u00c0\u0080",
    "\u00ed\u00a0\u0080",
    "\u00f0\u009f\u0098\u0080",
    "\r",
    "a\rb",
    "\0",
    "\u0085"
  };

  /** Long fields and rows are rare: they are what a case's time goes into. */
  private static final int[] HUGE = {20, 300, 300, 5_000, 5_000, 70_000, 1_100_000};

  private static final Mutation PLANT =
      onFields("plant a value", (fields, random) -> set(fields, random, Canary.VALUE));

  static final List<Mutation> ALL =
      List.of(
          PLANT,
          onFields("an odd field", (fields, random) -> set(fields, random, odd(random))),
          onFields("an odd field", (fields, random) -> set(fields, random, odd(random))),
          onFields("a huge field", RowMutations::huge),
          onFields("drop a field", RowMutations::drop),
          onFields("double a field", RowMutations::repeat),
          onFields("swap fields", RowMutations::swap),
          onFields("quote a field", RowMutations::quote),
          onRows("drop a row", RowMutations::drop),
          onRows("double a row", RowMutations::repeat),
          onRows("swap rows", RowMutations::swap),
          onRows("join rows", RowMutations::join),
          onRows("a blank row", (rows, random) -> rows.add(at(rows, random), "")),
          onRows("blank rows at the end", RowMutations::blankEnd),
          onRows("repeat all rows", (rows, random) -> rows.addAll(new ArrayList<>(rows))));

  private RowMutations() {}

  /** Values that must not come out, in some of the rows. */
  static byte[] plant(byte[] file, Random random) {
    byte[] planted = file;
    for (int i = random.nextInt(4); i > 0; i--) {
      planted = PLANT.apply(planted, random);
    }
    return planted;
  }

  static Mutation onRows(String name, BiConsumer<List<String>, Random> change) {
    return Mutation.ofText(
        name,
        (text, random) -> {
          List<String> rows = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
          change.accept(rows, random);
          return String.join("\n", rows);
        });
  }

  /** Fields of any row but the first. */
  private static Mutation onFields(String name, BiConsumer<List<String>, Random> change) {
    return onRows(
        name,
        (rows, random) -> {
          int row = rows.size() < 2 ? 0 : 1 + random.nextInt(rows.size() - 1);
          if (row > 0) {
            changeFields(rows, row, random, change);
          }
        });
  }

  static void changeFields(
      List<String> rows, int row, Random random, BiConsumer<List<String>, Random> change) {
    List<String> fields = new ArrayList<>(Arrays.asList(rows.get(row).split("\\|", -1)));
    change.accept(fields, random);
    rows.set(row, String.join("|", fields));
  }

  static String odd(Random random) {
    return ODD[random.nextInt(ODD.length)];
  }

  private static int at(List<String> parts, Random random) {
    return parts.isEmpty() ? 0 : random.nextInt(parts.size());
  }

  static void set(List<String> parts, Random random, String part) {
    if (!parts.isEmpty()) {
      parts.set(at(parts, random), part);
    }
  }

  static void drop(List<String> parts, Random random) {
    if (!parts.isEmpty()) {
      parts.remove(at(parts, random));
    }
  }

  static void repeat(List<String> parts, Random random) {
    if (!parts.isEmpty()) {
      int at = at(parts, random);
      parts.add(at, parts.get(at));
    }
  }

  static void swap(List<String> parts, Random random) {
    if (!parts.isEmpty()) {
      Collections.swap(parts, at(parts, random), at(parts, random));
    }
  }

  private static void huge(List<String> fields, Random random) {
    int length = HUGE[random.nextInt(random.nextInt(HUGE.length) + 1)];
    set(fields, random, odd(random) + "7".repeat(length));
  }

  private static void quote(List<String> fields, Random random) {
    if (!fields.isEmpty()) {
      int at = at(fields, random);
      fields.set(at, '"' + fields.get(at) + (random.nextInt(4) == 0 ? "" : "\""));
    }
  }

  private static void join(List<String> rows, Random random) {
    if (rows.size() > 1) {
      int at = random.nextInt(rows.size() - 1);
      rows.set(at, rows.get(at) + rows.remove(at + 1));
    }
  }

  private static void blankEnd(List<String> rows, Random random) {
    for (int i = random.nextInt(5); i >= 0; i--) {
      rows.add(random.nextBoolean() ? "" : "\r");
    }
  }
}
