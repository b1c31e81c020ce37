package io.riffle.sink.copy;

import io.riffle.schemas.avro.RecordSchemas;
import io.riffle.schemas.layout.Layout;
import org.apache.avro.Schema;

/** The lines of a claim: a row each, as they come. */
final class LinePlan extends ChildPlan {
  private final RowPlan line;

  private LinePlan(RowPlan line) {
    this.line = line;
  }

  static LinePlan compile(Layout layout, Schema.Field lines) {
    Schema item = itemsOf(lines, RecordSchemas.LINES);
    return new LinePlan(
        RowPlan.compile(layout.lineTable().orElseThrow(), layout.lineColumns(), item.getFields()));
  }

  @Override
  void copyItem(AvroCursor in, long key, RowBuffer record, RowBuffer out)
      throws MalformedValueException {
    startRow(1 + line.size(), key, out);
    line.copy(in, out);
  }
}
