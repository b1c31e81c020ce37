package io.riffle.cdc.archive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.riffle.schemas.control.ControlCodec;
import io.riffle.schemas.control.StagingSweep;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** Tells what a decoded record is. */
final class EventReader {
  static final String EPOCH = "riffle.epoch";
  static final String PLACEHOLDER = "riffle.placeholder";
  static final String USUAL_PLACEHOLDER = "__debezium_unavailable_value";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SWEEP = ControlCodec.of(StagingSweep.class).schema().getFullName();

  private EventReader() {}

  /** Empty for what is no change of a table. */
  static Optional<Event> read(GenericRecord value, Headers headers) {
    if (value.getSchema().getFullName().equals(SWEEP)) {
      return Optional.of(sweep(value));
    }
    boolean event = value.hasField("op") && value.hasField("after") && value.hasField("before");
    return event && value.get("source") instanceof GenericRecord source
        ? Optional.of(event(value, source, headers))
        : Optional.empty();
  }

  static String placeholder(Headers headers) {
    return text(headers, PLACEHOLDER).orElse(USUAL_PLACEHOLDER);
  }

  static Optional<String> text(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    return header == null || header.value() == null
        ? Optional.empty()
        : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
  }

  private static Event event(GenericRecord value, GenericRecord source, Headers headers) {
    String op = value.get("op").toString();
    Object row = value.get(op.equals("d") ? "before" : "after");
    Position position = new Position(epoch(headers), sequence(source, 0), lsn(source));
    return new Event(
        op,
        (GenericRecord) row,
        time(source),
        AvroFields.text(source, "snapshot"),
        position,
        value);
  }

  private static Event sweep(GenericRecord value) {
    StagingSweep sweep = ControlCodec.of(StagingSweep.class).fromAvro(value);
    Position position = new Position(sweep.epoch(), sweep.commit(), sweep.lsn());
    return new Event(Event.SWEEP, null, ofMicros(sweep.time()), null, position, value);
  }

  private static int epoch(Headers headers) {
    return text(headers, EPOCH)
        .filter(text -> text.matches("\\d{1,9}"))
        .map(Integer::valueOf)
        .orElse(0);
  }

  /** Rows of an incremental snapshot have theirs in the sequence alone. */
  private static Long lsn(GenericRecord source) {
    Long lsn = AvroFields.number(source, "lsn");
    return lsn == null ? sequence(source, 1) : lsn;
  }

  /**
   * One of the two positions in {@code source.sequence}, which is a text of JSON: the last commit
   * before the event, and the event itself. Null where it is not told.
   */
  private static Long sequence(GenericRecord source, int which) {
    String sequence = AvroFields.text(source, "sequence");
    if (sequence == null) {
      return null;
    }
    try {
      JsonNode position = JSON.readTree(sequence).path(which);
      return position.isTextual() ? Long.valueOf(position.textValue()) : null;
    } catch (JsonProcessingException | NumberFormatException e) {
      return null;
    }
  }

  private static Instant time(GenericRecord source) {
    Long micros = AvroFields.number(source, "ts_us");
    Long millis = AvroFields.number(source, "ts_ms");
    if (micros != null) {
      return ofMicros(micros);
    }
    return millis == null ? Instant.EPOCH : Instant.ofEpochMilli(millis);
  }

  static Instant ofMicros(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
