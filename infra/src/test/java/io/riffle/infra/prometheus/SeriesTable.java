package io.riffle.infra.prometheus;

import io.riffle.infra.stack.RepositoryRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The table of series in the README of module metrics. */
final class SeriesTable {
  private static final Path README = RepositoryRoot.find().resolve("metrics/README.md");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| ((?:`[a-zA-Z_:]+`(?:, )?)+) \\| ([a-z]+) \\|.*\\| ([^|]+) \\|$");
  private static final Pattern NAME = Pattern.compile("`([^`]+)`");
  private static final List<String> OF_TIMES = List.of("_count", "_sum", "_max");

  private final Map<String, String> publishers = new LinkedHashMap<>();

  private SeriesTable() {}

  static SeriesTable read() throws IOException {
    SeriesTable table = new SeriesTable();
    String text = Files.readString(README);
    for (MatchResult row : ROW.matcher(text).results().toList()) {
      NAME.matcher(row.group(1))
          .results()
          .forEach(name -> table.add(name.group(1), row.group(2), row.group(3)));
    }
    return table;
  }

  private void add(String name, String type, String publisher) {
    boolean simple = type.equals("gauge") || type.equals("counter");
    if (simple) {
      publishers.put(name, publisher);
      return;
    }
    OF_TIMES.forEach(end -> publishers.put(name + end, publisher));
    if (type.equals("histogram")) {
      publishers.put(name + "_bucket", publisher);
    }
  }

  /** Who publishes each series, by its whole name. */
  Map<String, String> publishers() {
    return publishers;
  }
}
