package io.riffle.producer.rif;

import io.riffle.schemas.avro.RecordSchemas;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/** Avro values as the text that tests expect. */
final class Shown {

  private Shown() {}

  /** An outcome in the notation of rows.yaml. */
  static String outcome(Outcome outcome) {
    String place =
        String.format(Locale.ROOT, "%d@%dx%d ", outcome.number(), outcome.line(), outcome.rows());
    if (outcome instanceof Outcome.Accepted accepted) {
      return place + "key=" + accepted.key() + " " + record(accepted.record());
    } else if (outcome instanceof Outcome.Deleted deleted) {
      return place + "deleted key=" + deleted.key();
    }
    Outcome.Rejected rejected = (Outcome.Rejected) outcome;
    String column = rejected.column().map(name -> " " + name).orElse("");
    return place + rejected.reason() + column + " at " + rejected.at();
  }

  private static String record(GenericRecord record) {
    List<String> fields =
        record.getSchema().getFields().stream()
            .filter(field -> !field.name().equals(RecordSchemas.ORIGIN))
            .map(field -> field.name() + "=" + value(field.schema(), record.get(field.pos())))
            .toList();
    return "{" + String.join(", ", fields) + "}";
  }

  /** A field's value. */
  static String value(Schema schema, Object value) {
    if (schema.isUnion()) {
      return value == null ? "null" : value(schema.getTypes().get(1), value);
    } else if (value instanceof List<?> list) {
      return list.stream().map(item -> record((GenericRecord) item)).toList().toString();
    } else if (value instanceof ByteBuffer bytes) {
      LogicalType type = LogicalTypes.fromSchema(schema);
      return decimal(bytes, ((LogicalTypes.Decimal) type).getScale()).toPlainString();
    } else if (LogicalTypes.fromSchema(schema) instanceof LogicalTypes.Date) {
      return LocalDate.ofEpochDay((Integer) value).toString();
    }
    return value.toString();
  }

  private static BigDecimal decimal(ByteBuffer bytes, int scale) {
    byte[] unscaled = new byte[bytes.remaining()];
    bytes.duplicate().get(unscaled);
    BigInteger number = new BigInteger(unscaled);
    if (number.toByteArray().length != unscaled.length) {
      throw new AssertionError("more bytes than the number needs");
    }
    return new BigDecimal(number, scale);
  }
}
