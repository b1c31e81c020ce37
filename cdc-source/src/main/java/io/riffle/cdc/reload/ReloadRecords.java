package io.riffle.cdc.reload;

import io.riffle.cdc.ledger.TableSnapshot;
import io.riffle.cdc.obfuscate.Obfuscate;
import io.riffle.cdc.obfuscate.TextRows;
import io.riffle.cdc.source.SourceSpec;
import io.riffle.schemas.registry.SchemaRegistry;
import io.riffle.schemas.wire.AvroBytes;
import io.riffle.schemas.wire.SchemaHandle;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Rows of a reload as change events of Debezium's shape. For one thread. */
final class ReloadRecords {
  private static final byte[] HIDDEN = "true".getBytes(StandardCharsets.UTF_8);

  private final String topic;
  private final ReloadSchemas schemas;
  private final SchemaHandle key;
  private final SchemaHandle envelope;
  private final GenericRecord source;
  private final byte[] epoch;
  private final byte[] placeholder;
  private final Optional<TextRows> hidden;
  private final RowKeys keys;

  ReloadRecords(
      SchemaRegistry registry,
      String topic,
      ReloadSchemas schemas,
      GenericRecord source,
      int epoch,
      String placeholder,
      Optional<TextRows> hidden) {
    this.topic = topic;
    this.schemas = schemas;
    this.key = SchemaHandle.register(registry, topic + "-key", schemas.key());
    this.envelope = SchemaHandle.register(registry, topic + "-value", schemas.envelope());
    this.source = source;
    this.epoch = Integer.toString(epoch).getBytes(StandardCharsets.UTF_8);
    this.placeholder = placeholder.getBytes(StandardCharsets.UTF_8);
    this.hidden = hidden;
    this.keys = hidden.map(rows -> new RowKeys(rows::rowKey)).orElseGet(RowKeys::new);
  }

  /** Where all rows of a reload come from: they are as of its begin. */
  static GenericRecord source(
      ReloadSchemas schemas,
      SourceSpec spec,
      String prefix,
      TableSnapshot reload,
      long lsn,
      Instant at) {
    GenericRecord source = new GenericData.Record(schemas.source());
    long millis = at.toEpochMilli();
    long micros = millis * 1000;
    source.put("version", "riffle");
    source.put("connector", "postgresql");
    source.put("name", prefix);
    source.put("ts_ms", millis);
    source.put("snapshot", "incremental");
    source.put("db", spec.url().database());
    source.put("sequence", "[\"" + lsn + "\",\"" + lsn + "\"]");
    source.put("ts_us", micros);
    source.put("ts_ns", micros * 1000);
    source.put("schema", reload.table().schema());
    source.put("table", reload.table().table());
    source.put("lsn", lsn);
    return source;
  }

  /** The event of a row. */
  ProducerRecord<byte[], byte[]> row(byte[] line) {
    String id = keys.next(line);
    List<String> given = CopyLine.split(line);
    List<String> values = hidden.map(rows -> rows.hide(given)).orElse(given);
    GenericRecord after = new GenericData.Record(schemas.row());
    after.put(0, id);
    for (int i = 0; i < values.size(); i++) {
      after.put(i + 1, values.get(i));
    }
    GenericRecord event = new GenericData.Record(schemas.envelope());
    event.put("after", after);
    event.put("source", source);
    event.put("op", "r");
    event.put("ts_ms", source.get("ts_ms"));
    GenericRecord row = new GenericData.Record(schemas.key());
    row.put(0, id);
    return new ProducerRecord<>(
        topic, null, AvroBytes.encode(key, row), AvroBytes.encode(envelope, event), headers());
  }

  private List<Header> headers() {
    List<Header> headers = new ArrayList<>();
    headers.add(new RecordHeader("riffle.epoch", epoch));
    headers.add(new RecordHeader("riffle.placeholder", placeholder));
    hidden.ifPresent(rows -> headers.add(new RecordHeader(Obfuscate.HEADER, HIDDEN)));
    return headers;
  }
}
