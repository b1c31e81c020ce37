package io.riffle.sink;

import io.riffle.schemas.layout.Layouts;
import io.riffle.schemas.topics.Topics;
import io.riffle.schemas.wire.WireFormat;
import io.riffle.sink.copy.Bytes;
import io.riffle.sink.record.Arrival;
import io.riffle.sink.record.Place;
import io.riffle.sink.record.SinkTopic;
import io.riffle.sink.staging.EventReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.sink.SinkRecord;

/** Connect's records as the bytes that were on the topic; refuses what a converter has changed. */
final class Intake {
  /** Of change events; all others are of no interest, and stay where they are. */
  private static final Set<String> HEADERS_OF_CHANGES =
      Set.of(
          EventReader.EPOCH_HEADER,
          EventReader.PLACEHOLDER_HEADER,
          EventReader.NEW_KEY_HEADER,
          EventReader.OLD_KEY_HEADER);

  private final Topics topics;
  private final Layouts layouts;
  private final Map<String, SinkTopic> known = new HashMap<>();

  Intake(Topics topics, Layouts layouts) {
    this.topics = topics;
    this.layouts = layouts;
  }

  /** Where the record stood, whatever transforms made of its topic. */
  static TopicPartition partition(SinkRecord record) {
    return new TopicPartition(record.originalTopic(), record.originalKafkaPartition());
  }

  /**
   * @throws ConnectException when the topic is not one of the sink's
   */
  SinkTopic topic(String name) {
    return known.computeIfAbsent(
        name,
        added ->
            SinkTopic.of(added, topics, layouts)
                .orElseThrow(
                    () ->
                        new ConnectException(
                            "the sink has nothing to do with topic "
                                + added
                                + ": correct topics or topics.regex, or update the db-sink")));
  }

  /**
   * @throws ConnectException when a converter other than ByteArrayConverter is at work
   */
  Arrival arrival(SinkRecord record) {
    Place place =
        new Place(
            topic(record.originalTopic()),
            record.originalKafkaPartition(),
            record.originalKafkaOffset());
    RecordHeaders headers = new RecordHeaders();
    for (Header header : record.headers()) {
      if (isOfInterest(place.topic(), header.key())) {
        headers.add(header.key(), bytes("header.converter", header.value()));
      }
    }
    return new Arrival(
        place,
        Bytes.of(bytes("key.converter", record.key())),
        Optional.ofNullable(bytes("value.converter", record.value())).map(Bytes::of),
        headers);
  }

  private static boolean isOfInterest(SinkTopic topic, String header) {
    return header.equals(WireFormat.FINGERPRINT_HEADER)
        || (topic.captured().isPresent() && HEADERS_OF_CHANGES.contains(header));
  }

  private static byte[] bytes(String converter, Object value) {
    if (value == null || value instanceof byte[]) {
      return (byte[]) value;
    }
    throw new ConnectException(
        "set "
            + converter
            + "=org.apache.kafka.connect.converters.ByteArrayConverter: the sink reads bytes, not "
            + value.getClass().getSimpleName());
  }
}
