package io.riffle.sink.copy;

import io.riffle.schemas.layout.Column;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** Chooses how a column is copied, by its layout and the type its writer gave it. */
final class FieldCopiers {
  /** Postgres counts days from 2000-01-01, Avro from 1970-01-01. */
  private static final int POSTGRES_EPOCH_DAY = 10_957;

  private FieldCopiers() {}

  /** Empty when the writer's type is not one that the column's kind may have. */
  static Optional<FieldCopier> of(Column column, Schema writer) {
    if (writer.getType() != Schema.Type.UNION) {
      return plain(column, writer);
    }
    List<Schema> types = writer.getTypes();
    if (types.size() != 2 || !writer.isNullable()) {
      return Optional.empty();
    }
    int nullBranch = types.get(0).getType() == Schema.Type.NULL ? 0 : 1;
    return plain(column, types.get(1 - nullBranch)).map(value -> nullable(value, nullBranch));
  }

  private static FieldCopier nullable(FieldCopier value, int nullBranch) {
    return (in, out) -> {
      int branch = in.readInt();
      if (branch == nullBranch) {
        out.putInt(-1);
      } else if (branch == 1 - nullBranch) {
        value.copy(in, out);
      } else {
        throw new MalformedValueException("no such branch");
      }
    };
  }

  private static Optional<FieldCopier> plain(Column column, Schema writer) {
    return switch (column.kind()) {
      case STRING, CHAR, HASH -> when(writer, Schema.Type.STRING, FieldCopiers::text);
      case DATE ->
          isDate(writer) ? when(writer, Schema.Type.INT, FieldCopiers::date) : Optional.empty();
      case LONG -> when(writer, Schema.Type.LONG, FieldCopiers::int8);
      case INT -> when(writer, Schema.Type.INT, FieldCopiers::int4);
      case SHORT -> when(writer, Schema.Type.INT, FieldCopiers::int2);
      case DECIMAL -> decimal(column, writer);
      case ACTION -> Optional.empty();
    };
  }

  private static Optional<FieldCopier> when(Schema writer, Schema.Type type, FieldCopier copier) {
    return writer.getType() == type ? Optional.of(copier) : Optional.empty();
  }

  private static boolean isDate(Schema writer) {
    return writer.getLogicalType() instanceof LogicalTypes.Date;
  }

  private static Optional<FieldCopier> decimal(Column column, Schema writer) {
    if (column.precision() == 0) {
      return when(writer, Schema.Type.STRING, FieldCopiers::numericText);
    }
    LogicalType logical = writer.getLogicalType();
    if (logical instanceof LogicalTypes.Decimal decimal && decimal.getScale() == column.scale()) {
      return when(writer, Schema.Type.BYTES, numericBytes(column.scale()));
    }
    return Optional.empty();
  }

  static void text(AvroCursor in, RowBuffer out) throws MalformedValueException {
    int length = in.readLength();
    out.putInt(length);
    out.putBytes(in.bytes(), in.take(length), length);
  }

  /** A date as Postgres counts it, for years 0 (1 BC to it) to 9999. */
  static int postgresDay(LocalDate date) {
    return (int) (date.toEpochDay() - POSTGRES_EPOCH_DAY);
  }

  private static void date(AvroCursor in, RowBuffer out) throws MalformedValueException {
    long day = (long) in.readInt() - POSTGRES_EPOCH_DAY;
    if (day != (int) day) {
      throw new MalformedValueException("a day beyond the calendar");
    }
    out.putInt(Integer.BYTES);
    out.putInt((int) day);
  }

  private static void int8(AvroCursor in, RowBuffer out) throws MalformedValueException {
    out.putInt(Long.BYTES);
    out.putLong(in.readLong());
  }

  private static void int4(AvroCursor in, RowBuffer out) throws MalformedValueException {
    out.putInt(Integer.BYTES);
    out.putInt(in.readInt());
  }

  private static void int2(AvroCursor in, RowBuffer out) throws MalformedValueException {
    int value = in.readInt();
    if (value != (short) value) {
      throw new MalformedValueException("a number of more than 16 bits");
    }
    out.putInt(Short.BYTES);
    out.putShort(value);
  }

  private static void numericText(AvroCursor in, RowBuffer out) throws MalformedValueException {
    int length = in.readLength();
    NumericField.putText(in.bytes(), in.take(length), length, out);
  }

  private static FieldCopier numericBytes(int scale) {
    return (in, out) -> {
      int length = in.readLength();
      NumericField.putUnscaled(in.bytes(), in.take(length), length, scale, out);
    };
  }
}
