package io.riffle.cdc.archive;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.riffle.schemas.wire.WireFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/** An event as the cells of a row: the columns of the source, then Riffle's. */
final class RowText {
  static final List<String> OWN =
      List.of(
          "riffle_op",
          "riffle_commit_time",
          "riffle_epoch",
          "riffle_commit",
          "riffle_lsn",
          "riffle_offset",
          "riffle_snapshot",
          "riffle_absent",
          "riffle_key");

  private final List<String> columns;
  private final List<Schema.Field> fields;
  private final Absent absent;

  RowText(Run run) {
    this.columns = run.columns();
    this.fields = run.rowSchema().map(Schema::getFields).orElse(List.of());
    this.absent = new Absent(run.placeholder());
  }

  List<String> header() {
    return Stream.concat(columns.stream(), OWN.stream()).toList();
  }

  List<String> of(Event event, byte[] key, long offset) {
    List<String> cells = new ArrayList<>(columns.size() + OWN.size());
    ArrayNode notSent = JsonNodeFactory.instance.arrayNode();
    for (Schema.Field field : fields) {
      Object value = event.row() == null ? null : event.row().get(field.pos());
      boolean sent = !absent.is(value);
      if (!sent) {
        notSent.add(columns.get(field.pos()));
      }
      cells.add(value == null || !sent ? null : CellText.of(field.schema(), value));
    }
    cells.add(event.op());
    cells.add(event.time().toString());
    cells.add(Integer.toString(event.position().epoch()));
    cells.add(Objects.toString(event.position().commit(), null));
    cells.add(Objects.toString(event.position().lsn(), null));
    cells.add(Long.toString(offset));
    cells.add(event.snapshot());
    cells.add(notSent.isEmpty() ? null : notSent.toString());
    cells.add(key == null ? null : encoded(key));
    return cells;
  }

  /** Without the registry's id of its schema, which is in the manifest. */
  private static String encoded(byte[] key) {
    byte[] avro =
        WireFormat.hasPrefix(key)
            ? Arrays.copyOfRange(key, WireFormat.PREFIX_LENGTH, key.length)
            : key;
    return Base64.getEncoder().encodeToString(avro);
  }
}
