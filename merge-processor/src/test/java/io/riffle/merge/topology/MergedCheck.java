package io.riffle.merge.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.merge.record.MergedWriter;
import io.riffle.schemas.avro.RecordSchemas;
import io.riffle.schemas.control.ControlCodec;
import io.riffle.schemas.control.Merge;
import io.riffle.schemas.control.MergedDelete;
import io.riffle.schemas.control.Version;
import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.History;
import io.riffle.schemas.layout.Layout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.generic.GenericRecord;

/** Holds a record of the merged topic, as Avro decodes it, against what the rule says. */
public final class MergedCheck {
  private final Layout layout;
  private final NaiveMerge expected;
  private final long key;

  public MergedCheck(Layout layout, NaiveMerge expected, long key) {
    this.layout = layout;
    this.expected = expected;
    this.key = key;
  }

  /** The newest merged record of the key at any time: row or removal. */
  public void checkContent(Optional<GenericRecord> merged) {
    if (expected.exists()) {
      assertThat(rowOf(merged.orElseThrow())).as("row").isEqualTo(expectedRow());
      assertThat(rowVersions(envelope(merged.orElseThrow())))
          .as("versions of the row's fields")
          .isEqualTo(versions(expected.row()));
      layout.history().ifPresent(history -> checkHistory(merged.orElseThrow(), history));
    } else if (expected.deletedAt().isPresent()) {
      checkDelete(ControlCodec.of(MergedDelete.class).fromAvro(merged.orElseThrow()));
    } else {
      assertThat(merged).isEmpty();
    }
  }

  private void checkHistory(GenericRecord merged, History history) {
    List<String> rows = new ArrayList<>();
    for (Object item : (List<?>) merged.get(RecordSchemas.HISTORY)) {
      GenericRecord row = (GenericRecord) item;
      Map<String, Optional<String>> values = new TreeMap<>();
      for (Column column : history.columns()) {
        values.put(column.sqlName(), GivenAvro.text(column, row.get(column.sqlName())));
      }
      rows.add(row.get(RecordSchemas.HISTORY_RECORD) + " " + values);
    }
    assertThat(rows)
        .as("history")
        .isEqualTo(
            expected.history().rows().stream()
                .map(row -> row.version().text() + " " + new TreeMap<>(row.values()))
                .toList());
  }

  private void checkDelete(MergedDelete delete) {
    assertThat(delete.deleted()).isEqualTo(expected.deletedAt().orElseThrow());
    assertThat(delete.key()).isEqualTo("" + key);
  }

  /** A merged record when it is emitted: content and envelope. */
  void checkEmitted(GenericRecord merged, Given cause, boolean known) {
    checkContent(Optional.of(merged));
    if (!expected.exists()) {
      return;
    }
    Merge merge = envelope(merged);
    assertThat(merge.full()).isEqualTo(expected.full().orElseThrow());
    assertThat(merge.deleted()).isEqualTo(expected.deletedAt());
    assertThat(merge.known()).isEqualTo(known);
    assertThat(merge.origin().version()).isEqualTo(cause.version());
    assertThat(absent(merge)).as("absent").isEqualTo(versions(expected.kept()));
    assertThat(merge.linesHash() == 0).isEqualTo(!layout.hasLines());
  }

  private static Merge envelope(GenericRecord merged) {
    return ControlCodec.of(Merge.class).fromAvro((GenericRecord) merged.get(RecordSchemas.MERGE));
  }

  private static Map<NaiveMerge.Place, Version> absent(Merge merge) {
    Map<NaiveMerge.Place, Version> absent = newMap();
    for (Merge.AbsentField field : merge.absent()) {
      absent.put(new NaiveMerge.Place(field.line(), field.column()), field.version());
    }
    return absent;
  }

  /** As a reader of the envelope would rebuild them. */
  private Map<NaiveMerge.Place, Version> rowVersions(Merge merge) {
    Map<NaiveMerge.Place, Version> versions = newMap();
    expectedRow().keySet().forEach(place -> versions.put(place, base(place.line(), merge)));
    versions.values().removeIf(MergedWriter.NEVER::equals);
    merge.overrides().stream()
        .filter(field -> field.version().equals(MergedWriter.NEVER))
        .forEach(field -> versions.keySet().removeIf(place -> isMeant(place, field)));
    merge.overrides().stream()
        .filter(field -> !field.version().equals(MergedWriter.NEVER) && !isOfYear(field))
        .forEach(field -> versions.put(place(field), field.version()));
    return versions;
  }

  private static boolean isMeant(NaiveMerge.Place place, Merge.FieldVersion field) {
    return place.column().equals(field.column())
        && field.line().map(line -> line == place.line()).orElse(true);
  }

  /** Whether an entry is for the whole line. */
  private boolean isOfYear(Merge.FieldVersion field) {
    String key = layout.lineKey().map(Column::sqlName).orElse("");
    return field.line().isPresent() && field.column().equals(key);
  }

  private Version base(int line, Merge merge) {
    return merge.overrides().stream()
        .filter(field -> isOfYear(field) && field.line().orElseThrow() == line)
        .map(Merge.FieldVersion::version)
        .findFirst()
        .orElse(merge.full());
  }

  private static NaiveMerge.Place place(Merge.FieldVersion field) {
    return new NaiveMerge.Place(field.line().orElse(0), field.column());
  }

  private static Map<NaiveMerge.Place, Version> versions(
      Map<NaiveMerge.Place, NaiveMerge.Source> fields) {
    Map<NaiveMerge.Place, Version> versions = newMap();
    fields.forEach((place, source) -> versions.put(place, source.version()));
    return versions;
  }

  private Map<NaiveMerge.Place, Optional<String>> rowOf(GenericRecord row) {
    Map<NaiveMerge.Place, Optional<String>> fields = newMap();
    assertThat(row.get(layout.key().sqlName())).isEqualTo(key);
    addFields(0, row, layout.headerColumns(), fields);
    if (layout.hasLines()) {
      addLines((List<?>) row.get(RecordSchemas.LINES), fields);
    }
    return fields;
  }

  private void addLines(List<?> lines, Map<NaiveMerge.Place, Optional<String>> fields) {
    Set<Integer> numbers = new TreeSet<>();
    for (Object item : lines) {
      GenericRecord line = (GenericRecord) item;
      int number = GivenAvro.lineNumber(line.get(layout.lineKey().orElseThrow().sqlName()));
      assertThat(numbers).as("ascending").allMatch(earlier -> earlier < number);
      numbers.add(number);
      addFields(number, line, layout.lineColumns(), fields);
    }
    assertThat(numbers).isEqualTo(expected.lines());
  }

  private void addFields(
      int line,
      GenericRecord record,
      List<Column> columns,
      Map<NaiveMerge.Place, Optional<String>> into) {
    columns.stream()
        .filter(column -> isField(line, column))
        .forEach(
            column ->
                into.put(
                    new NaiveMerge.Place(line, column.sqlName()),
                    GivenAvro.text(column, record.get(column.sqlName()))));
  }

  /** A year is no field of its line, but one of the person. */
  private boolean isField(int line, Column column) {
    return !column.equals(layout.key())
        && (line == 0 || !column.equals(layout.lineKey().orElse(null)));
  }

  private Map<NaiveMerge.Place, Optional<String>> expectedRow() {
    Map<NaiveMerge.Place, Optional<String>> row = newMap();
    Map<Integer, List<Column>> levels = new HashMap<>();
    expected.lines().forEach(line -> levels.put(line, layout.lineColumns()));
    levels.put(0, layout.headerColumns());
    levels.forEach(
        (line, columns) ->
            columns.stream()
                .filter(column -> isField(line, column))
                .map(column -> new NaiveMerge.Place(line, column.sqlName()))
                .forEach(place -> row.put(place, Optional.empty())));
    expected.row().forEach((place, source) -> row.put(place, source.value()));
    return row;
  }

  private static <V> Map<NaiveMerge.Place, V> newMap() {
    return new TreeMap<>(
        Comparator.comparing(NaiveMerge.Place::line).thenComparing(NaiveMerge.Place::column));
  }
}
