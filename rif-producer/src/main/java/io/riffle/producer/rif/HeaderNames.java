package io.riffle.producer.rif;

import io.riffle.producer.rif.FileProblem.Reason;
import io.riffle.schemas.layout.Layout;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The names of a header row, and which of them may be shown. A line end that got lost puts values
 * behind the names: health data, which must not be in a message.
 */
final class HeaderNames {

  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");

  private final List<String> names;
  private final Set<String> known;
  private final boolean namesOnly;

  HeaderNames(List<String> names, Layout layout) {
    this.names = names;
    this.known = layout.byName().keySet();
    this.namesOnly = names.stream().allMatch(this::isName);
  }

  /** A name that goes on where one that is missing ends has a value behind it. */
  private boolean isName(String name) {
    return known.contains(name)
        || (NAME.matcher(name).matches()
            && known.stream().noneMatch(begin -> name.startsWith(begin) && isMissing(begin)));
  }

  private boolean isMissing(String name) {
    return !names.contains(name);
  }

  /** The first name that the layout does not have. */
  Optional<FileProblem> unknown(String detail) {
    return names.stream()
        .filter(name -> !known.contains(name))
        .findFirst()
        .map(name -> problem(Reason.UNKNOWN_COLUMN, names.indexOf(name), detail));
  }

  /** The first name that stands there for the second time. */
  Optional<FileProblem> repeated(String detail) {
    Set<String> seen = new HashSet<>();
    for (int at = 0; at < names.size(); at++) {
      if (!seen.add(names.get(at))) {
        return Optional.of(problem(Reason.COLUMN_REPEATED, at, detail));
      }
    }
    return Optional.empty();
  }

  private FileProblem problem(Reason reason, int at, String detail) {
    String name = names.get(at);
    return namesOnly || known.contains(name)
        ? FileProblem.ofColumn(reason, name, detail)
        : FileProblem.ofHeader(reason, "field " + (at + 1) + ", which may be a value: " + detail);
  }
}
