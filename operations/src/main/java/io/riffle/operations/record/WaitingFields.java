package io.riffle.operations.record;

import io.riffle.merge.record.TypeColumns;
import io.riffle.merge.rule.KeyState;
import io.riffle.merge.rule.Waiting;
import io.riffle.schemas.avro.FieldSchemas;
import io.riffle.schemas.avro.RecordSchemas;
import io.riffle.schemas.control.Parked;
import io.riffle.schemas.layout.Column;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DecoderFactory;

/** What waits, from a record of the parked topic or from a state. */
final class WaitingFields {
  private final TypeColumns columns;

  WaitingFields(TypeColumns columns) {
    this.columns = columns;
  }

  List<WaitingField> of(Parked parked) {
    return parked.fields().stream().map(this::field).toList();
  }

  List<WaitingField> of(KeyState state) {
    return state.waiting().stream().map(this::field).toList();
  }

  private WaitingField field(Parked.ParkedField field) {
    List<Column> level = field.line().isPresent() ? columns.line() : columns.header();
    Optional<String> value =
        level.stream()
            .filter(column -> column.sqlName().equals(field.column()))
            .findFirst()
            .flatMap(column -> text(column, field.value()));
    return new WaitingField(field.line(), field.column(), value, field.version());
  }

  private WaitingField field(Waiting waiting) {
    if (waiting instanceof Waiting.Field field) {
      var level = field.line().isPresent() ? columns.line() : columns.header();
      Column column = level.get(field.column());
      return new WaitingField(
          field.line(),
          column.sqlName(),
          text(column, field.cell().value().toBuffer()),
          field.cell().version());
    }
    return new WaitingField(
        Optional.empty(),
        RecordSchemas.HISTORY,
        Optional.empty(),
        ((Waiting.Row) waiting).former().record());
  }

  private static Optional<String> text(Column column, ByteBuffer encoded) {
    byte[] bytes = new byte[encoded.remaining()];
    encoded.duplicate().get(bytes);
    try {
      Object value =
          new GenericDatumReader<>(FieldSchemas.of(column))
              .read(null, DecoderFactory.get().binaryDecoder(bytes, null));
      return FieldValue.text(column, value);
    } catch (IOException e) {
      throw new UncheckedIOException("a parked field of column " + column.name(), e);
    }
  }
}
