package io.riffle.producer.fuzz;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.BiConsumer;

/** Steps on the header row. */
final class HeaderMutations {

  static final List<Mutation> ALL =
      List.of(
          RowMutations.onRows("drop the header", (rows, random) -> rows.remove(0)),
          RowMutations.onRows("double the header", (rows, random) -> rows.add(0, rows.get(0))),
          RowMutations.onRows("nothing at all", (rows, random) -> rows.clear()),
          RowMutations.onRows("a blank first row", (rows, random) -> rows.add(0, "")),
          RowMutations.onRows(
              "a mark in front", (rows, random) -> start(rows, "\u00ef\u00bb\u00bf")),
          RowMutations.onRows("half a mark in front", (rows, random) -> start(rows, "\u00ef")),
          RowMutations.onRows("another format's first bytes", HeaderMutations::magic),
          onNames("drop a column", RowMutations::drop),
          onNames("drop what numbers lines", HeaderMutations::dropLineKey),
          onNames("double a column", RowMutations::repeat),
          onNames("shuffle the columns", Collections::shuffle),
          onNames("swap columns", RowMutations::swap),
          onNames("an odd column", HeaderMutations::odd),
          onNames("an unknown column", (names, random) -> names.add("SURPRISE_1")),
          onNames("a column in lower case", HeaderMutations::lowerCase),
          onNames("many columns", HeaderMutations::many));

  private static final String[] MAGIC = {
    "PK\u0003\u0004",
    "\u001f\u008b",
    "PAR1",
    "<html>",
    "\u00ff\u00fe",
    "\u00fe\u00ff",
    "%PDF-",
    " <"
  };

  private HeaderMutations() {}

  private static Mutation onNames(String name, BiConsumer<List<String>, Random> change) {
    return RowMutations.onRows(
        name, (rows, random) -> RowMutations.changeFields(rows, 0, random, change));
  }

  private static void start(List<String> rows, String with) {
    rows.set(0, with + rows.get(0));
  }

  private static void magic(List<String> rows, Random random) {
    start(rows, MAGIC[random.nextInt(MAGIC.length)]);
  }

  private static void dropLineKey(List<String> names, Random random) {
    names.removeIf(name -> name.endsWith("LINE_NUM") || name.equals("RFRNC_YR"));
  }

  private static void odd(List<String> names, Random random) {
    RowMutations.set(names, random, RowMutations.odd(random));
  }

  private static void lowerCase(List<String> names, Random random) {
    int at = random.nextInt(names.size());
    names.set(at, names.get(at).toLowerCase(Locale.ROOT));
  }

  private static void many(List<String> names, Random random) {
    for (int i = random.nextInt(1100); i > 0; i--) {
      names.add("C" + i);
    }
  }
}
