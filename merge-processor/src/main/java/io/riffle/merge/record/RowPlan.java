package io.riffle.merge.record;

import io.riffle.merge.rule.Fields;
import io.riffle.schemas.avro.RecordSchemas;
import io.riffle.schemas.layout.Level;
import io.riffle.schemas.layout.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.avro.Schema;

/**
 * How the row of a writer schema is read: the fields after the first one (origin or merge), then
 * the lines. Compiled once per schema; safe for use by several threads.
 */
public final class RowPlan {
  private final LevelPlan header;
  private final LevelPlan line;
  private final LevelPlan history;
  private final boolean lines;
  private final boolean linesRequired;
  private final boolean years;
  private final boolean complete;

  private RowPlan(
      LevelPlan header, LevelPlan line, LevelPlan history, boolean lines, TypeColumns columns) {
    this.header = header;
    this.line = line;
    this.history = history;
    this.lines = lines;
    this.years = columns.years();
    this.linesRequired = columns.layout().hasLines() && !years;
    this.complete =
        header.isComplete() && line.isComplete() && lines == columns.layout().hasLines();
  }

  /**
   * Compiles the plan of a raw or merged schema.
   *
   * @throws IllegalArgumentException when it does not fit the layout
   */
  public static RowPlan compile(Schema schema, TypeColumns columns) {
    List<Schema.Field> fields = new ArrayList<>(schema.getFields().subList(1, size(schema)));
    List<Schema.Field> ofHistory = takeLast(fields, RecordSchemas.HISTORY);
    List<Schema.Field> ofLine = takeLast(fields, RecordSchemas.LINES);
    LevelPlan line = LevelPlan.compile(ofLine, columns, Level.LINE);
    if (!ofLine.isEmpty() && !line.hasIdentity()) {
      throw new IllegalArgumentException("lines have no number");
    }
    return new RowPlan(
        LevelPlan.compile(fields, columns, Level.HEADER),
        line,
        LevelPlan.compile(withoutFirst(ofHistory), columns.history(), Role.NONE),
        !ofLine.isEmpty(),
        columns);
  }

  /** Takes an array off the end of the fields; the fields of its items, none without the array. */
  private static List<Schema.Field> takeLast(List<Schema.Field> fields, String name) {
    int last = fields.size() - 1;
    if (last < 0 || !fields.get(last).name().equals(name)) {
      return List.of();
    }
    return fields.remove(last).schema().getElementType().getFields();
  }

  private static List<Schema.Field> withoutFirst(List<Schema.Field> fields) {
    return fields.isEmpty() ? fields : fields.subList(1, fields.size());
  }

  private static int size(Schema schema) {
    return schema.getFields().size();
  }

  /** Whether a row of this schema has every column of the layout, in its order. */
  public boolean isComplete() {
    return complete;
  }

  /** Whether lines are years of a person, and there is a history beside them. */
  public boolean years() {
    return years;
  }

  /** Whether the key is missing, or in a FULL record any other required column. */
  boolean misses(boolean full) {
    return !header.hasIdentity()
        || (full && (!header.hasRequired() || (linesRequired && !(lines && line.hasRequired()))));
  }

  /** The column index that header field {@code field} of the schema has now, -1 if none. */
  public int headerColumn(int field) {
    return header.target(field);
  }

  /** The column index that line field {@code field} of the schema has now, -1 if none. */
  public int lineColumn(int field) {
    return line.target(field);
  }

  /** How many columns a row of the history has in the schema. */
  public int historyFields() {
    return history.fields();
  }

  /** The index that column {@code field} of the schema's history has now, -1 if none. */
  public int historyColumn(int field) {
    return history.target(field);
  }

  /**
   * Walks over a row, from its first header field to the end of the bytes, and checks that it is
   * one. The history of a merged record is no part of it.
   *
   * @throws MalformedException if it is not, or if a line number comes twice
   */
  public RowScan scan(byte[] bytes, int start) {
    AvroInput in = new AvroInput(bytes, start);
    header.skip(in);
    int headerEnd = in.position();
    LineScan found = lines ? LineScan.read(in, line) : LineScan.NONE;
    if (!in.atEnd()) {
      throw new MalformedException("bytes behind the end");
    }
    return new RowScan(bytes, start, headerEnd, lines, found);
  }

  /** The header fields of a scanned row; the key is one of them only if asked for. */
  public Fields header(RowScan row, boolean withKey) {
    return header.read(new AvroInput(row.bytes(), row.start()), withKey);
  }

  /**
   * The line fields of a scanned row; the number is one of them only if asked for, and a year
   * never.
   */
  public NavigableMap<Integer, Fields> lines(RowScan row, boolean withNumber) {
    NavigableMap<Integer, Fields> byNumber = new TreeMap<>();
    LineScan found = row.lines();
    for (int i = 0; i < found.count(); i++) {
      AvroInput in = new AvroInput(row.bytes(), found.start(i));
      byNumber.put(found.number(i), line.read(in, withNumber && !years));
    }
    return byNumber;
  }
}
