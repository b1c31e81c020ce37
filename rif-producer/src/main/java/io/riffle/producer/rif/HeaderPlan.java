package io.riffle.producer.rif;

import io.riffle.schemas.avro.RecordSchemas;
import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.Kind;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Level;
import io.riffle.schemas.layout.Lines;
import io.riffle.schemas.layout.Role;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/**
 * How the rows under a header are read: which field is which column, and into which schema they go.
 * Immutable.
 */
public final class HeaderPlan implements HeaderReading {

  private final List<String> names;
  private final Layout layout;
  private final boolean merge;
  private final Schema schema;
  private final PlannedColumn[] recordColumns;
  private final PlannedColumn[] lineColumns;
  private final PlannedColumn[] checkedRecordColumns;
  private final PlannedColumn[] checkedLineColumns;
  private final Optional<PlannedColumn> action;
  private final PlannedColumn key;
  private final Optional<PlannedColumn> lineKey;

  private HeaderPlan(List<String> names, Layout layout, boolean merge) {
    this.names = List.copyOf(names);
    this.layout = layout;
    this.merge = merge;
    this.schema = merge ? RecordSchemas.merge(layout, names) : RecordSchemas.full(layout, names);
    this.recordColumns = planned(ownColumns());
    this.lineColumns = planned(layout.lineColumns());
    this.checkedRecordColumns = planned(checkedColumns(Level.HEADER));
    this.checkedLineColumns = planned(checkedColumns(Level.LINE));
    this.action =
        layout.columns().stream()
            .filter(column -> column.kind() == Kind.ACTION)
            .filter(this::isPresent)
            .map(this::planned)
            .findFirst();
    this.key = wholeNumber(layout.key());
    this.lineKey = layout.lineKey().filter(this::isPresent).map(this::lineKey);
  }

  /**
   * Reads the first line of a file.
   *
   * @param bytes buffer with the line; a byte order mark in front and a carriage return at the end
   *     are dropped
   * @param from first byte of the file
   * @param to end of the line, without its line feed
   * @param merge whether the file is of a {@code _MERGE} entry
   */
  public static HeaderReading read(
      byte[] bytes, int from, int to, Layout layout, boolean merge, UnknownColumns unknown) {
    HeaderRow row = HeaderRow.read(bytes, from, to);
    return row.problem().isPresent()
        ? row.problem().get()
        : of(row.names(), layout, merge, unknown);
  }

  /** The plan of a header that was taken apart before. */
  public static HeaderReading of(
      List<String> names, Layout layout, boolean merge, UnknownColumns unknown) {
    Optional<FileProblem> problem = HeaderCheck.problem(names, layout, merge, unknown);
    return problem.isPresent() ? problem.get() : new HeaderPlan(names, layout, merge);
  }

  /**
   * The plan of a header that was found good before; unknown columns are read over.
   *
   * @throws IllegalArgumentException when the header is not good
   */
  public static HeaderPlan ofChecked(List<String> names, Layout layout, boolean merge) {
    HeaderReading reading = of(names, layout, merge, UnknownColumns.IGNORE);
    if (reading instanceof FileProblem problem) {
      throw new IllegalArgumentException(problem.reason() + ": " + problem.detail());
    }
    return (HeaderPlan) reading;
  }

  /** Column names in the file's order, unknown ones included. */
  public List<String> names() {
    return names;
  }

  public Layout layout() {
    return layout;
  }

  /** Whether records are of a {@code _MERGE} entry. */
  public boolean merge() {
    return merge;
  }

  /** Writer schema of the records. */
  public Schema schema() {
    return schema;
  }

  /** Whether a record has lines: one for each of its rows. */
  public boolean hasLines() {
    return lineKey.isPresent();
  }

  /** Whether adjacent rows of one key are one record. */
  boolean joinsRows() {
    return hasLines() && layout.lines() == Lines.ROWS;
  }

  /** Whether a record may delete its key: neither MERGE records nor rows of a history do. */
  boolean mayDelete() {
    return !merge && layout.joins().isEmpty();
  }

  /** Hashes that a row needs. */
  long hashes() {
    return Stream.of(recordColumns, lineColumns)
        .flatMap(Arrays::stream)
        .filter(column -> column.form == FieldForm.HASH)
        .count();
  }

  /** Fields of a row. */
  int fields() {
    return names.size();
  }

  /** The column with the action; MERGE files may lack it. */
  Optional<PlannedColumn> action() {
    return action;
  }

  PlannedColumn key() {
    return key;
  }

  Optional<PlannedColumn> lineKey() {
    return lineKey;
  }

  /** Columns of the record itself in the order of the schema. */
  PlannedColumn[] recordColumns() {
    return recordColumns.clone();
  }

  /** Columns of a line in the order of the schema. */
  PlannedColumn[] lineColumns() {
    return lineColumns.clone();
  }

  /** Columns of the record itself that are checked and not written. */
  PlannedColumn[] checkedRecordColumns() {
    return checkedRecordColumns.clone();
  }

  /** Columns of a line that are checked and not written. */
  PlannedColumn[] checkedLineColumns() {
    return checkedLineColumns.clone();
  }

  /** The reference year of a MERGE record tells which line is meant and is no field of a person. */
  private List<Column> ownColumns() {
    return layout.headerColumns().stream()
        .filter(column -> !merge || column.role() != Role.LINE_KEY)
        .toList();
  }

  private List<Column> checkedColumns(Level level) {
    return layout.columns().stream()
        .filter(column -> !column.stored() && column.kind() != Kind.ACTION)
        .filter(column -> column.level() == level)
        .toList();
  }

  private PlannedColumn[] planned(List<Column> columns) {
    return columns.stream()
        .filter(this::isPresent)
        .map(this::planned)
        .toArray(PlannedColumn[]::new);
  }

  private PlannedColumn planned(Column column) {
    return new PlannedColumn(column, names.indexOf(column.source()), merge);
  }

  private PlannedColumn lineKey(Column column) {
    return layout.lines() == Lines.ROWS ? wholeNumber(column) : planned(column);
  }

  private PlannedColumn wholeNumber(Column column) {
    return switch (column.kind()) {
      case LONG, INT, SHORT -> planned(column);
      default -> throw new IllegalArgumentException(column.name() + " must be a whole number");
    };
  }

  private boolean isPresent(Column column) {
    return names.contains(column.source());
  }
}
