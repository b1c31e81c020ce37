package io.riffle.cdc.archive;

import io.riffle.cdc.archive.Manifest.Skipped;
import io.riffle.cdc.obfuscate.Obfuscate;
import io.riffle.schemas.wire.SchemaHandle;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.header.Headers;

/**
 * What the events of one file have in common.
 *
 * @param topicId of Kafka
 * @param keys schema of keys; empty where there are none
 * @param values schema of the whole events
 * @param obfuscated whether the events have passed rules of obfuscation
 * @param constants of their {@code source} blocks
 */
record Run(
    String topic,
    String topicId,
    int partition,
    LocalDate day,
    Optional<SchemaHandle> keys,
    SchemaHandle values,
    String placeholder,
    boolean obfuscated,
    Map<String, String> constants) {

  private static final List<String> CONSTANTS = List.of("version", "connector", "name", "db");

  /** What the files of a run tell of it. */
  record Written(
      long rows,
      long bytes,
      String sha256,
      long firstOffset,
      long lastOffset,
      Position first,
      Position last,
      List<Skipped> skipped) {}

  static Run of(
      Event event, Place place, Optional<SchemaHandle> keys, SchemaHandle values, Headers headers) {
    Map<String, String> constants = new TreeMap<>();
    if (AvroFields.get(event.value(), "source") instanceof GenericRecord source) {
      CONSTANTS.forEach(
          name ->
              Optional.ofNullable(AvroFields.text(source, name))
                  .ifPresent(text -> constants.put(name, text)));
    }
    return new Run(
        place.topic(),
        place.topicId(),
        place.partition(),
        event.time().atOffset(ZoneOffset.UTC).toLocalDate(),
        keys,
        values,
        EventReader.placeholder(headers),
        event.op().equals(Event.SWEEP) || EventReader.text(headers, Obfuscate.HEADER).isPresent(),
        constants);
  }

  /** A partition of one creation of a topic. */
  record Place(String topic, String topicId, int partition) {}

  Place place() {
    return new Place(topic, topicId, partition);
  }

  /** Whether this one's event may be in a file of the other one; a truncation has no key. */
  boolean continues(Run before) {
    return before.values.id() == values.id()
        && (keys.isEmpty() || keys.map(SchemaHandle::id).equals(before.keys.map(SchemaHandle::id)))
        && before.day.equals(day)
        && before.obfuscated == obfuscated
        && before.placeholder.equals(placeholder)
        && Objects.equals(before.constants, constants);
  }

  /** The schema of the rows; empty for events without rows. */
  Optional<Schema> rowSchema() {
    Schema.Field after = values.schema().getField("after");
    return after == null ? Optional.empty() : Optional.of(AvroFields.plain(after.schema()));
  }

  List<String> columns() {
    return rowSchema().stream()
        .flatMap(schema -> schema.getFields().stream())
        .map(AvroFields::column)
        .toList();
  }

  /** The file's key in the archive, without its ending. */
  String key(String prefix, long firstOffset, long lastOffset) {
    String run = String.format("%d-%020d-%020d-%s", partition, firstOffset, lastOffset, topicId);
    return ArchivedTable.of(topic).key(prefix, day, run);
  }

  Manifest manifest(Written written) {
    ArchivedTable table = ArchivedTable.of(topic);
    return new Manifest(
        Manifest.FORMAT,
        table.set(),
        table.source(),
        table.schema(),
        table.table(),
        topic,
        topicId,
        partition,
        day.toString(),
        key("", written.firstOffset(), written.lastOffset()) + Manifest.FILE_ENDING,
        written.rows(),
        written.bytes(),
        written.sha256(),
        written.firstOffset(),
        written.lastOffset(),
        written.first(),
        written.last(),
        columns(),
        placeholder,
        obfuscated,
        constants,
        keys.map(known -> Manifest.tree(known.schema().toString())).orElse(null),
        Manifest.tree(values.schema().toString()),
        written.skipped());
  }
}
