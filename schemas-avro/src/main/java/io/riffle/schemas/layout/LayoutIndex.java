package io.riffle.schemas.layout;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The types of all families of layouts. Each family, in a jar of its own, has a resource {@value
 * #RESOURCE} with one type a line, in the load order of the types; {@code #} begins a comment.
 *
 * @param types families in the order of their first types, so that it is the same in every process
 */
record LayoutIndex(List<String> types) {

  static final String RESOURCE = "META-INF/riffle/layouts";

  /** With {@code _MERGE} behind it a type must fit into the ledger. */
  private static final Pattern TYPE = Pattern.compile("[A-Z][A-Z0-9_]{0,43}");

  /** Topics of these names are not those of types. */
  private static final Set<String> TAKEN = Set.of("SPLITS", "PROGRESS", "REJECTS", "PARKED");

  static LayoutIndex load() {
    try {
      return load(Collections.list(LayoutIndex.class.getClassLoader().getResources(RESOURCE)));
    } catch (IOException e) {
      throw new UncheckedIOException("the indexes of layouts", e);
    }
  }

  static LayoutIndex load(Collection<URL> indexes) throws IOException {
    List<List<String>> families = new ArrayList<>();
    Map<String, URL> seen = new HashMap<>();
    for (URL index : indexes) {
      List<String> family = read(index);
      if (families.contains(family)) {
        continue; // one jar that is on the class path twice
      }
      for (String type : family) {
        requireName(type, index);
        URL other = seen.putIfAbsent(type, index);
        if (other != null) {
          throw new IllegalStateException("type " + type + " is in " + other + " and in " + index);
        }
      }
      families.add(family);
    }
    families.removeIf(List::isEmpty);
    families.sort(Comparator.comparing(family -> family.get(0)));
    return new LayoutIndex(families.stream().flatMap(List::stream).toList());
  }

  /** Two types must not fill one table. */
  static void requireApart(Collection<Layout> layouts) {
    Map<String, String> tables = new HashMap<>();
    for (Layout layout : layouts) {
      List<String> own = new ArrayList<>(List.of(layout.headerTable()));
      layout.lineTable().ifPresent(own::add);
      for (String table : own) {
        String other = tables.putIfAbsent(table, layout.type());
        if (other != null) {
          throw new IllegalStateException(
              "types " + other + " and " + layout.type() + " have one table, " + table);
        }
      }
    }
  }

  private static List<String> read(URL index) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(index.openStream(), StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .map(line -> line.replaceFirst("#.*", "").strip())
          .filter(line -> !line.isEmpty())
          .toList();
    }
  }

  private static void requireName(String type, URL index) {
    if (!TYPE.matcher(type).matches() || type.endsWith("_MERGE") || TAKEN.contains(type)) {
      throw new IllegalStateException(type + " in " + index + " cannot be the name of a type");
    }
  }
}
