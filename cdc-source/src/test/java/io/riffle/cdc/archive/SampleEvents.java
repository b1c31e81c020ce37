package io.riffle.cdc.archive;

import io.riffle.schemas.control.ControlCodec;
import io.riffle.schemas.control.StagingSweep;
import io.riffle.schemas.registry.SchemaRegistry;
import io.riffle.schemas.wire.AvroBytes;
import io.riffle.schemas.wire.SchemaHandle;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Events of a table as Debezium and its converter write them. */
public final class SampleEvents {
  static final String PLACEHOLDER = "not-sent-4711";
  static final Schema KEY =
      new Schema.Parser()
          .parse(
              """
              {"type":"record","name":"Key","namespace":"main.cdc.qvp.public.users",
               "fields":[{"name":"id","type":"long"}]}
              """);

  private final SchemaRegistry registry;
  private final String topic;

  public SampleEvents(SchemaRegistry registry, String topic) {
    this.registry = registry;
    this.topic = topic;
  }

  /** With columns of many types. */
  public static Schema schema(String more) {
    return new Schema.Parser()
        .parse(
            """
            {"type":"record","name":"Envelope","namespace":"main.cdc.qvp.public.users","fields":[
              {"name":"before","type":["null",{"type":"record","name":"Value","fields":[
                {"name":"id","type":"long"},
                {"name":"name","type":["null",{"type":"string",
                  "connect.parameters":{"__debezium.source.column.name":"full name"}}],"default":null},
                {"name":"born","type":["null",
                  {"type":"int","connect.name":"io.debezium.time.Date"}],"default":null},
                {"name":"seen","type":["null",
                  {"type":"long","connect.name":"io.debezium.time.MicroTimestamp"}],"default":null},
                {"name":"opens","type":["null",
                  {"type":"long","connect.name":"io.debezium.time.MicroTime"}],"default":null},
                {"name":"scan","type":["null","bytes"],"default":null},
                {"name":"tags","type":["null",
                  {"type":"array","items":["null","string"]}],"default":null},
                {"name":"good","type":["null","boolean"],"default":null}%s
              ]}],"default":null},
              {"name":"after","type":["null","Value"],"default":null},
              {"name":"source","type":{"type":"record","name":"Source","fields":[
                {"name":"version","type":"string"},{"name":"connector","type":"string"},
                {"name":"name","type":"string"},{"name":"ts_ms","type":"long"},
                {"name":"snapshot","type":["string","null"],"default":"false"},
                {"name":"db","type":"string"},
                {"name":"sequence","type":["null","string"],"default":null},
                {"name":"ts_us","type":["null","long"],"default":null},
                {"name":"schema","type":"string"},{"name":"table","type":"string"},
                {"name":"txId","type":["null","long"],"default":null},
                {"name":"lsn","type":["null","long"],"default":null}]}},
              {"name":"op","type":"string"},
              {"name":"ts_ms","type":["null","long"],"default":null}]}
            """
                .formatted(more));
  }

  /** A row of the schema; nulls where there are fewer values than columns. */
  public static GenericRecord row(Schema envelope, Object... values) {
    Schema schema = envelope.getField("after").schema().getTypes().get(1);
    GenericRecord row = new GenericData.Record(schema);
    for (int i = 0; i < values.length; i++) {
      row.put(i, values[i]);
    }
    return row;
  }

  /** A change at this position. */
  public ProducerRecord<byte[], byte[]> change(
      Schema envelope, String op, GenericRecord row, Instant time, long commit, long lsn) {
    GenericRecord event = event(envelope, op, row, time, commit, lsn);
    byte[] key = op.equals("t") ? null : key((Long) row.get(0));
    return record(key, AvroBytes.encode(handle("-value", envelope), event));
  }

  private static GenericRecord event(
      Schema envelope, String op, GenericRecord row, Instant time, long commit, long lsn) {
    GenericRecord source = new GenericData.Record(envelope.getField("source").schema());
    source.put("version", "3.6.3.Final");
    source.put("connector", "postgresql");
    source.put("name", "main.cdc.qvp");
    source.put("db", "qvp");
    source.put("schema", "public");
    source.put("table", "users");
    source.put("snapshot", "false");
    source.put("ts_ms", time.toEpochMilli());
    source.put("ts_us", ChronoUnit.MICROS.between(Instant.EPOCH, time));
    source.put("sequence", "[\"" + commit + "\",\"" + lsn + "\"]");
    source.put("lsn", lsn);
    GenericRecord event = new GenericData.Record(envelope);
    event.put("op", op);
    event.put(op.equals("d") ? "before" : "after", op.equals("t") ? null : row);
    event.put("source", source);
    return event;
  }

  /** A row of an incremental snapshot, as Debezium sends it: where it was is in one place only. */
  ProducerRecord<byte[], byte[]> read(
      Schema envelope, GenericRecord row, Instant time, long position) {
    GenericRecord event = event(envelope, "r", row, time, position, position);
    GenericRecord source = (GenericRecord) event.get("source");
    source.put("snapshot", "incremental");
    source.put("lsn", null);
    return record(key((Long) row.get(0)), AvroBytes.encode(handle("-value", envelope), event));
  }

  /** As cdc-source writes it: with none of the connector's headers. */
  ProducerRecord<byte[], byte[]> sweep(Instant time, long commit, long lsn) {
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, time);
    ControlCodec<StagingSweep> codec = ControlCodec.of(StagingSweep.class);
    GenericRecord sweep =
        codec.toAvro(new StagingSweep("qvp", "public", "users", 3, commit, lsn, micros));
    return new ProducerRecord<>(
        topic, 0, null, AvroBytes.encode(handle("-sweep", codec.schema()), sweep));
  }

  ProducerRecord<byte[], byte[]> record(byte[] key, byte[] value) {
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, 0, key, value);
    record.headers().add("riffle.epoch", "3".getBytes(StandardCharsets.UTF_8));
    record.headers().add("riffle.placeholder", PLACEHOLDER.getBytes(StandardCharsets.UTF_8));
    return record;
  }

  /** Of every type, with what is awkward in text. */
  static List<GenericRecord> awkward(Schema envelope) {
    ByteBuffer bytes = ByteBuffer.wrap(new byte[] {0, (byte) 0xff, '\n'});
    return List.of(
        row(
            envelope,
            1L,
            "a \"b\", c\r\nd",
            18_000,
            1_582_000_000_123_456L,
            86_400_000_000L,
            bytes,
            List.of("x", ""),
            true),
        row(envelope, 2L, "=1+1", -622_191_234, -9_223_372_036_832_400_000L, 0L, null, null, false),
        row(envelope, 3L, ""),
        row(envelope, 4L),
        row(
            envelope,
            5L,
            PLACEHOLDER,
            null,
            null,
            null,
            ByteBuffer.wrap(PLACEHOLDER.getBytes(StandardCharsets.UTF_8)),
            List.of(PLACEHOLDER)));
  }

  private byte[] key(long id) {
    GenericRecord key = new GenericData.Record(KEY);
    key.put("id", id);
    return AvroBytes.encode(handle("-key", KEY), key);
  }

  private SchemaHandle handle(String subject, Schema schema) {
    return SchemaHandle.register(registry, topic + subject, schema);
  }
}
