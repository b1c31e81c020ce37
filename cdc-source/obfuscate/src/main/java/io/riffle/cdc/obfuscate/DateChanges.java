package io.riffle.cdc.obfuscate;

import java.time.Duration;
import java.util.Date;
import java.util.Optional;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;

/** Dates of all forms that Debezium and Connect give them. */
final class DateChanges {
  private static final long MILLIS_OF_DAY = Duration.ofDays(1).toMillis();
  private static final long MICROS_OF_DAY = MILLIS_OF_DAY * 1_000;
  private static final long NANOS_OF_DAY = MICROS_OF_DAY * 1_000;

  private DateChanges() {}

  /** Empty if the form is no date. */
  static Optional<Change> of(Form form, Method.DateShift method, Entity entity, Secrets secrets)
      throws UnfitException {
    Optional<String> by = method.by();
    if (by.isPresent() && !entity.has(by.get())) {
      throw new UnfitException("date-shift is by column " + by.get() + ", which is not there");
    }
    Shift shift = (value, row) -> secrets.days().shift(entity.of(by, value, row), method.days());
    return Optional.ofNullable(change(form, shift, secrets));
  }

  private interface Shift {
    int days(Object value, Struct row);
  }

  private static Change change(Form form, Shift shift, Secrets secrets) {
    return switch (form) {
      case DAYS ->
          (value, row) ->
              Math.toIntExact(Days.moved(((Number) value).longValue(), shift.days(value, row)));
      case MILLIS -> (value, row) -> moved(value, MILLIS_OF_DAY, shift.days(value, row));
      case MICROS -> (value, row) -> moved(value, MICROS_OF_DAY, shift.days(value, row));
      case NANOS -> (value, row) -> moved(value, NANOS_OF_DAY, shift.days(value, row));
      case JAVA_DATE -> (value, row) -> javaDate(value, shift.days(value, row));
      // infinity, and years before Christ or of five digits: nobody's date
      case ISO_DATE ->
          (value, row) -> Days.moved((String) value, shift.days(value, row)).orElse((String) value);
      case TEXT ->
          (value, row) ->
              Days.moved((String) value, shift.days(value, row))
                  .orElseGet(() -> ValueChanges.hex((String) value, Method.Hash.USUAL, secrets));
      default -> null;
    };
  }

  private static long moved(Object moment, long partsOfDay, int shift) {
    return Days.moved(((Number) moment).longValue(), partsOfDay, shift);
  }

  /** Connect's dates and timestamps are both of this class. */
  private static Date javaDate(Object value, int shift) {
    long millis = Timestamp.fromLogical(Timestamp.SCHEMA, (Date) value);
    return Timestamp.toLogical(Timestamp.SCHEMA, Days.moved(millis, MILLIS_OF_DAY, shift));
  }
}
