package io.riffle.sink.staging;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.generic.GenericRecord;

/**
 * Where an event stands in its source.
 *
 * @param commit the last commit before it; 0 for none, and for rows of an initial snapshot
 * @param at when the source committed it, in microseconds since 1970
 */
record SourcePosition(long commit, long lsn, long at) {
  /** Such as {@code ["29917184","29917264"]}; what is not known is null. */
  private static final Pattern SEQUENCE =
      Pattern.compile("\\[\\s*(?:null|\"(\\d+)\")\\s*,\\s*(?:null|\"(\\d+)\")\\s*\\]");

  /**
   * Reads the part "source" of an envelope; empty when it does not say where.
   *
   * <p>Rows of an incremental snapshot have no lsn of their own, but one in their sequence (seen
   * with Debezium 3.6.3).
   */
  static Optional<SourcePosition> of(GenericRecord envelope) {
    if (!(envelope.get("source") instanceof GenericRecord source)) {
      return Optional.empty();
    }
    Matcher sequence = SEQUENCE.matcher(String.valueOf(field(source, "sequence")));
    boolean told = sequence.matches();
    Optional<Long> lsn =
        number(source, "lsn").or(() -> told ? parsed(sequence.group(2)) : Optional.empty());
    Optional<Long> commit = told ? parsed(sequence.group(1)) : Optional.empty();
    Optional<Long> at =
        number(source, "ts_us")
            .or(() -> number(source, "ts_ms").map(millis -> Math.multiplyExact(millis, 1000L)));
    if (lsn.isEmpty() || at.isEmpty()) {
      return Optional.empty();
    }
    long behind = isInitial(envelope, source) ? 0 : commit.orElse(0L);
    return Optional.of(new SourcePosition(behind, lsn.get(), at.get()));
  }

  /** After a restart Debezium says of events of the stream, too, that they are of a snapshot. */
  private static boolean isInitial(GenericRecord envelope, GenericRecord source) {
    if (!"r".equals(String.valueOf(field(envelope, "op")))) {
      return false;
    }
    String snapshot = String.valueOf(field(source, "snapshot"));
    return !snapshot.equals("null") && !snapshot.equals("false") && !snapshot.equals("incremental");
  }

  private static Optional<Long> parsed(String digits) {
    return Optional.ofNullable(digits).map(Long::parseLong);
  }

  private static Optional<Long> number(GenericRecord source, String name) {
    return field(source, name) instanceof Number number
        ? Optional.of(number.longValue())
        : Optional.empty();
  }

  private static Object field(GenericRecord source, String name) {
    return source.hasField(name) ? source.get(name) : null;
  }

  EventVersion version(int epoch, long offset) {
    return new EventVersion(epoch, commit, lsn, offset);
  }
}
