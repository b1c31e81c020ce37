package io.riffle.merge.record;

import io.riffle.merge.rule.Fields;
import io.riffle.schemas.avro.RecordSchemas;
import io.riffle.schemas.layout.Level;
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
  private final boolean lines;
  private final boolean typeHasLines;
  private final boolean complete;

  private RowPlan(LevelPlan header, LevelPlan line, boolean lines, TypeColumns columns) {
    this.header = header;
    this.line = line;
    this.lines = lines;
    this.typeHasLines = columns.layout().hasLines();
    this.complete = header.isComplete() && line.isComplete() && lines == typeHasLines;
  }

  /**
   * Compiles the plan of a raw or merged schema.
   *
   * @throws IllegalArgumentException when it does not fit the layout
   */
  public static RowPlan compile(Schema schema, TypeColumns columns) {
    List<Schema.Field> fields = new ArrayList<>(schema.getFields().subList(1, size(schema)));
    Schema.Field last = schema.getField(RecordSchemas.LINES);
    List<Schema.Field> ofLine = List.of();
    if (last != null) {
      fields.remove(last);
      ofLine = last.schema().getElementType().getFields();
    }
    if (last != null && last.pos() != size(schema) - 1) {
      throw new IllegalArgumentException("lines are not the last field");
    }
    LevelPlan line = LevelPlan.compile(ofLine, columns, Level.LINE);
    if (last != null && !line.hasIdentity()) {
      throw new IllegalArgumentException("lines have no number");
    }
    return new RowPlan(
        LevelPlan.compile(fields, columns, Level.HEADER), line, last != null, columns);
  }

  private static int size(Schema schema) {
    return schema.getFields().size();
  }

  /** Whether a row of this schema has every column of the layout, in its order. */
  public boolean isComplete() {
    return complete;
  }

  /** Whether the key is missing, or in a FULL record any other required column. */
  boolean misses(boolean full) {
    return !header.hasIdentity()
        || (full && (!header.hasRequired() || (typeHasLines && !(lines && line.hasRequired()))));
  }

  /** The column index that header field {@code field} of the schema has now, -1 if none. */
  public int headerColumn(int field) {
    return header.target(field);
  }

  /** The column index that line field {@code field} of the schema has now, -1 if none. */
  public int lineColumn(int field) {
    return line.target(field);
  }

  /**
   * Walks over a row, from its first header field to the end of the bytes, and checks that it is
   * one.
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

  /** The line fields of a scanned row; the number is one of them only if asked for. */
  public NavigableMap<Integer, Fields> lines(RowScan row, boolean withNumber) {
    NavigableMap<Integer, Fields> byNumber = new TreeMap<>();
    LineScan found = row.lines();
    for (int i = 0; i < found.count(); i++) {
      AvroInput in = new AvroInput(row.bytes(), found.start(i));
      byNumber.put(found.number(i), line.read(in, withNumber));
    }
    return byNumber;
  }
}
