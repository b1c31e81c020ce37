package io.riffle.operations.record;

import io.riffle.merge.record.MergedWriter;
import io.riffle.merge.record.Year;
import io.riffle.schemas.control.Merge;
import io.riffle.schemas.control.Version;
import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.Layout;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which delivered record set each field of a merged record, by the record's envelope. */
final class Setters {

  /** The number of the line whose year was sent empty. */
  static final int NO_YEAR = Year.NONE;

  private final Version full;
  private final String yearColumn;
  private final Map<Place, Version> overrides = new HashMap<>();

  private record Place(Optional<Integer> line, String column) {}

  Setters(Merge merge, Layout layout) {
    this.full = merge.full();
    this.yearColumn = layout.lineKey().map(Column::sqlName).orElse("");
    merge
        .overrides()
        .forEach(field -> overrides.put(new Place(field.line(), field.column()), field.version()));
  }

  /** The newest FULL record of the key. */
  Version full() {
    return full;
  }

  Optional<Version> ofRecord(Column column) {
    return said(override(Optional.empty(), column.sqlName()).orElse(full));
  }

  /** An entry without a line stands for all lines that have none of their own. */
  Optional<Version> ofLine(int line, Column column) {
    return said(
        override(Optional.of(line), column.sqlName())
            .or(() -> override(Optional.empty(), column.sqlName()))
            .orElse(full));
  }

  /** Of a year's month column. */
  Optional<Version> ofYear(int year, Column column) {
    Optional<Version> own = override(Optional.of(year), column.sqlName());
    return own.isPresent() ? said(own.get()) : base(year);
  }

  /** The newest FULL record of a year; a year may have none. */
  Optional<Version> base(int year) {
    return said(override(Optional.of(year), yearColumn).orElse(full));
  }

  private Optional<Version> override(Optional<Integer> line, String column) {
    return Optional.ofNullable(overrides.get(new Place(line, column)));
  }

  private static Optional<Version> said(Version version) {
    return version.equals(MergedWriter.NEVER) ? Optional.empty() : Optional.of(version);
  }
}
