package io.riffle.producer.rif;

import io.riffle.producer.rif.FileProblem.Reason;
import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Lines;
import io.riffle.schemas.layout.Role;
import java.util.List;
import java.util.Optional;

/** Holds a header's names against the layout. */
final class HeaderCheck {

  private HeaderCheck() {}

  /** The first problem, if any. */
  static Optional<FileProblem> problem(
      List<String> names, Layout layout, boolean merge, UnknownColumns unknown) {
    HeaderNames header = new HeaderNames(names, layout);
    return noHeader(names, layout)
        .or(() -> header.repeated("the header has it twice"))
        .or(() -> unknown == UnknownColumns.REJECT ? unknown(header, layout) : Optional.empty())
        .or(() -> missing(names, layout, merge))
        .or(() -> lineKeyMissing(names, layout));
  }

  /** A first line that is a row must not be shown: problems name columns, not values. */
  private static Optional<FileProblem> noHeader(List<String> names, Layout layout) {
    return names.stream().anyMatch(layout.byName()::containsKey)
        ? Optional.empty()
        : Optional.of(
            FileProblem.ofHeader(
                Reason.HEADER_INVALID,
                "the first line has no column of the layout of " + layout.type()));
  }

  private static Optional<FileProblem> unknown(HeaderNames header, Layout layout) {
    return header.unknown("the layout of " + layout.type() + " has no such column");
  }

  private static Optional<FileProblem> missing(List<String> names, Layout layout, boolean merge) {
    List<String> missing =
        layout.columns().stream()
            .filter(column -> merge ? column.role() == Role.KEY : column.required())
            .map(Column::source)
            .filter(name -> !names.contains(name))
            .toList();
    return missing.stream()
        .findFirst()
        .map(
            name ->
                FileProblem.ofColumn(
                    Reason.COLUMN_MISSING, name, "the header lacks " + String.join(", ", missing)));
  }

  private static Optional<FileProblem> lineKeyMissing(List<String> names, Layout layout) {
    String needed = layout.lines() == Lines.YEARS ? " needs the year" : " needs the line's number";
    Optional<String> lineKey =
        layout.lineKey().map(Column::name).filter(name -> !names.contains(name));
    return lineKey.flatMap(
        name ->
            layout.lineColumns().stream()
                .map(Column::name)
                .filter(names::contains)
                .findFirst()
                .map(
                    column ->
                        FileProblem.ofColumn(Reason.LINE_KEY_MISSING, name, column + needed)));
  }
}
