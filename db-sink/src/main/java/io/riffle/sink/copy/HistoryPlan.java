package io.riffle.sink.copy;

import io.riffle.schemas.avro.RecordSchemas;
import io.riffle.schemas.layout.History;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/** The former identities of a person: a row each. */
final class HistoryPlan extends ChildPlan {
  private final RowPlan identity;

  private HistoryPlan(RowPlan identity) {
    this.identity = identity;
  }

  static HistoryPlan compile(History history, Schema.Field rows) {
    List<Schema.Field> fields = new ArrayList<>(itemsOf(rows, RecordSchemas.HISTORY).getFields());
    Schema.Field record = fields.isEmpty() ? rows : fields.remove(0);
    if (!record.name().equals(RecordSchemas.HISTORY_RECORD)
        || record.schema().getType() != Schema.Type.STRING) {
      throw new UnknownLayoutException(
          "table " + history.table() + ": a row does not start with its record");
    }
    return new HistoryPlan(RowPlan.compile(history.table(), history.columns(), fields));
  }

  @Override
  void copyItem(AvroCursor in, long key, RowBuffer record, RowBuffer out)
      throws MalformedValueException {
    startRow(2 + identity.size(), key, out);
    FieldCopiers.text(in, out);
    identity.copy(in, out);
  }
}
