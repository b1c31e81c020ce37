package io.riffle.cdc.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.schemas.registry.SchemaRegistry;
import io.riffle.schemas.wire.Decoding;
import io.riffle.schemas.wire.WireReader;
import io.riffle.testing.TestKafka;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * What a topic of change events makes of its table, by the rules of MERGE-SEMANTICS in their
 * plainest form: per key the newest version counts, and a sweep takes what is older than itself.
 */
final class Replica {
  /** Where an event stands; the newest of a key counts. */
  record Version(int epoch, long commit, long lsn, long offset) implements Comparable<Version> {
    private static final Comparator<Version> ORDER =
        Comparator.comparingInt(Version::epoch)
            .thenComparingLong(Version::commit)
            .thenComparingLong(Version::lsn)
            .thenComparingLong(Version::offset);

    @Override
    public int compareTo(Version other) {
      return ORDER.compare(this, other);
    }
  }

  /** The newest of a key; none in {@code row}: deleted. */
  private record Newest(Version version, String row) {}

  private static final String GONE = "";

  private final Map<String, Newest> rows = new TreeMap<>();
  private final Map<String, Integer> operations = new TreeMap<>();
  private final Map<TopicPartition, Long> positions = new HashMap<>();
  private final TestKafka kafka;
  private final WireReader reader;
  private final String topic;
  private Version floor = new Version(0, 0, 0, -1);
  private int sweeps;

  /** Of a topic of which nothing is read yet. */
  Replica(TestKafka kafka, SchemaRegistry registry, String topic) {
    this.kafka = kafka;
    this.reader = new WireReader(registry, WireReader.WithoutFingerprint.ACCEPT);
    this.topic = topic;
  }

  /** Takes what came since the last call: a topic of a busy table is not read twice. */
  Replica follow() {
    kafka.readOn(topic, positions, record -> take(record, decoded(record.value(), record)));
    return this;
  }

  /** Rows as bars between the texts of their columns. */
  Collection<String> rows() {
    List<String> live = new ArrayList<>();
    for (Newest newest : rows.values()) {
      if (!newest.row().equals(GONE) && newest.version().compareTo(floor) >= 0) {
        live.add(newest.row());
      }
    }
    return live;
  }

  /** How many events of each operation there are. */
  Map<String, Integer> operations() {
    return operations;
  }

  int sweeps() {
    return sweeps;
  }

  private void take(ConsumerRecord<byte[], byte[]> record, GenericRecord value) {
    if (value.getSchema().getName().equals("StagingSweep")) {
      sweeps++;
      Version sweep =
          new Version(
              (int) value.get("epoch"), (long) value.get("commit"), (long) value.get("lsn"), -1);
      floor = sweep.compareTo(floor) > 0 ? sweep : floor;
      return;
    }
    operations.merge(value.get("op").toString(), 1, Integer::sum);
    String key = text(decoded(record.key(), record));
    GenericRecord after = (GenericRecord) value.get("after");
    Newest event = new Newest(version(record, value), after == null ? GONE : text(after));
    rows.merge(
        key, event, (old, fresh) -> fresh.version().compareTo(old.version()) > 0 ? fresh : old);
  }

  private static Version version(ConsumerRecord<byte[], byte[]> record, GenericRecord value) {
    // before the first commit of an epoch: [null,"46388152"]
    String[] sequence =
        ((GenericRecord) value.get("source"))
            .get("sequence")
            .toString()
            .replaceAll("[^0-9,]", "")
            .split(",", -1);
    return new Version(
        Integer.parseInt(
            new String(
                record.headers().lastHeader("riffle.epoch").value(), StandardCharsets.UTF_8)),
        sequence[0].isEmpty() ? 0 : Long.parseLong(sequence[0]),
        Long.parseLong(sequence[1]),
        record.offset());
  }

  /** Without the key that a row of a table without one has. */
  private static String text(GenericRecord row) {
    List<String> columns = new ArrayList<>();
    for (Schema.Field field : row.getSchema().getFields()) {
      boolean made = field.name().equals("riffle_row") && row.getSchema().getFields().size() > 1;
      if (!made) {
        columns.add(String.valueOf(row.get(field.pos())));
      }
    }
    return String.join("|", columns);
  }

  private GenericRecord decoded(byte[] bytes, ConsumerRecord<byte[], byte[]> record) {
    Decoding decoding = reader.decode(bytes, new RecordHeaders());
    assertThat(decoding).as("offset " + record.offset()).isInstanceOf(Decoding.Decoded.class);
    return ((Decoding.Decoded) decoding).record();
  }
}
