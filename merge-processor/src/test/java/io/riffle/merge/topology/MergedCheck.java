package io.riffle.merge.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.merge.record.MergedWriter;
import io.riffle.schemas.avro.RecordSchemas;
import io.riffle.schemas.control.ControlCodec;
import io.riffle.schemas.control.Merge;
import io.riffle.schemas.control.MergedDelete;
import io.riffle.schemas.control.Version;
import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.Layout;
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
    } else if (expected.deletedAt().isPresent()) {
      checkDelete(ControlCodec.of(MergedDelete.class).fromAvro(merged.orElseThrow()));
    } else {
      assertThat(merged).isEmpty();
    }
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
    expectedRow().keySet().forEach(place -> versions.put(place, merge.full()));
    merge.overrides().stream()
        .filter(field -> field.version().equals(MergedWriter.NEVER))
        .forEach(
            field -> versions.keySet().removeIf(place -> place.column().equals(field.column())));
    merge.overrides().stream()
        .filter(field -> !field.version().equals(MergedWriter.NEVER))
        .forEach(field -> versions.put(place(field), field.version()));
    return versions;
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
      int number = (Integer) line.get(layout.lineKey().orElseThrow().sqlName());
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
        .filter(this::isField)
        .forEach(
            column ->
                into.put(
                    new NaiveMerge.Place(line, column.sqlName()),
                    GivenAvro.text(record.get(column.sqlName()))));
  }

  private boolean isField(Column column) {
    return !column.equals(layout.key()) && !column.equals(layout.lineKey().orElse(null));
  }

  private Map<NaiveMerge.Place, Optional<String>> expectedRow() {
    Map<NaiveMerge.Place, Optional<String>> row = newMap();
    Map<Integer, List<Column>> levels = new HashMap<>();
    expected.lines().forEach(line -> levels.put(line, layout.lineColumns()));
    levels.put(0, layout.headerColumns());
    levels.forEach(
        (line, columns) ->
            columns.stream()
                .filter(this::isField)
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
