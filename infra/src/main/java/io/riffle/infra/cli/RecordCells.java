package io.riffle.infra.cli;

import io.riffle.operations.record.RecordAnswer;
import io.riffle.operations.record.RowId;
import io.riffle.operations.record.Setter;
import io.riffle.operations.record.SourceFile;
import io.riffle.schemas.control.Origin;
import io.riffle.schemas.control.Version;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The words for parts of an answer about a record. */
final class RecordCells {
  private final RecordAnswer answer;
  private final boolean noValues;

  RecordCells(RecordAnswer answer, boolean noValues) {
    this.answer = answer;
    this.noValues = noValues;
  }

  /** The manifest's place in the feed. */
  static String dataSet(Version version) {
    return Version.toInstant(version.instant()) + "/" + version.feed() + "/" + version.sequence();
  }

  static String row(RowId row) {
    return (row.kind().text() + " " + row.label()).strip();
  }

  /** Which of the listed deliveries it is; of those before, until when they came. */
  String number(Setter setter) {
    return setter
        .delivery()
        .map(traced -> "#" + (answer.trace().deliveries().indexOf(traced) + 1))
        .orElse(before());
  }

  String before() {
    return answer.since().map(time -> "before " + time).orElse("not seen");
  }

  static String file(Setter setter) {
    return setter.file().map(SourceFile::name).orElse("-");
  }

  /** The line of the file at which the record starts. */
  static String line(Setter setter) {
    return setter
        .delivery()
        .flatMap(traced -> traced.delivery().origin())
        .map(Origin::line)
        .map(Object::toString)
        .orElse("-");
  }

  /** Values come from files: what a terminal would obey is spelled out. */
  String value(Optional<String> value) {
    if (noValues) {
      return value.isEmpty() ? "null" : "(not shown)";
    }
    return value.map(text -> text.isEmpty() ? "\"\"" : visible(text)).orElse("null");
  }

  private static String visible(String text) {
    return text.codePoints()
        .mapToObj(
            c ->
                Character.isISOControl(c)
                    ? String.format(Locale.ROOT, "\\u%04x", c)
                    : Character.toString(c))
        .collect(Collectors.joining());
  }
}
