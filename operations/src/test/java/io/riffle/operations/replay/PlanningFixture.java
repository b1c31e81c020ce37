package io.riffle.operations.replay;

import static org.awaitility.Awaitility.await;

import io.riffle.schemas.control.ControlCodec;
import io.riffle.schemas.control.Origin;
import io.riffle.schemas.control.Version;
import io.riffle.schemas.ddl.Migrations;
import io.riffle.schemas.layout.Layouts;
import io.riffle.schemas.topics.Topics;
import io.riffle.schemas.wire.AvroBytes;
import io.riffle.schemas.wire.SchemaHandle;
import io.riffle.testing.InMemoryRegistry;
import io.riffle.testing.TestKafka;
import io.riffle.testing.TestPostgres;
import io.riffle.testing.TestS3;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** A set with the topics of PDE, its ledger, and what a sink would have noted. */
final class PlanningFixture implements AutoCloseable {
  final TestPostgres postgres;
  final TestS3 s3;
  final Topics topics =
      new Topics("r" + Integer.toHexString(ThreadLocalRandom.current().nextInt()));

  private final TestKafka kafka;
  private final InMemoryRegistry registry = new InMemoryRegistry();
  private final Layouts layouts = Layouts.load();
  private final KafkaProducer<byte[], byte[]> producer;
  private final long[] ends = new long[2];
  private Instant newest = Instant.EPOCH;
  private long files;

  PlanningFixture(TestKafka kafka, TestPostgres postgres, TestS3 s3) {
    this.kafka = kafka;
    this.postgres = postgres;
    this.s3 = s3;
    Migrations.migrate(postgres.dataSource(), "ccw");
    kafka.createTopic(pde(), 2);
    kafka.createTopic(rawPde(), 2);
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  ReplaySite site() {
    return new ReplaySite(
        topics,
        layouts,
        postgres.dataSource(),
        "ccw",
        Map.of("bootstrap.servers", kafka.bootstrapServers()),
        registry,
        s3::newClient);
  }

  String pde() {
    return topics.merged(layouts.get("PDE"));
  }

  private String rawPde() {
    return topics.rif(layouts.get("PDE"));
  }

  /** So many merged records, half of them on each partition; nobody reads what is in them. */
  void merged(int records) {
    for (int i = 0; i < records; i++) {
      RecordMetadata at = send(new ProducerRecord<>(pde(), i % 2, text(i), text(i)));
      ends[i % 2] = at.offset() + 1;
      newest = Instant.ofEpochMilli(at.timestamp());
    }
  }

  /** A time after all records until now, and before all others. */
  Instant between() {
    Instant at = newest.plusMillis(1);
    await().until(() -> Instant.now().isAfter(at.plusMillis(1)));
    return at;
  }

  /** The sink is at the end of what there is. */
  void sinkHasRead() {
    UUID id = topicId();
    for (int partition = 0; partition < 2; partition++) {
      postgres.execute(
          """
          INSERT INTO riffle.sink_offsets VALUES ('%s', '%s', %d, '%s', 2, %d)
          ON CONFLICT (connector, topic, partition) DO UPDATE
            SET topic_id = excluded.topic_id, partitions = 2, next = excluded.next"""
              .formatted(topics.sinkConnector(), pde(), partition, id, ends[partition]));
    }
  }

  private UUID topicId() {
    try {
      Uuid id =
          kafka.admin().describeTopics(List.of(pde())).allTopicNames().get().get(pde()).topicId();
      return new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits());
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  long deleteBefore(int partition, long offset) throws Exception {
    TopicPartition at = new TopicPartition(pde(), partition);
    kafka.admin().deleteRecords(Map.of(at, RecordsToDelete.beforeOffset(offset))).all().get();
    return offset;
  }

  /** A key whose records stand on a partition. */
  long keyOn(int partition) {
    long key = 1;
    while (KeyPartition.of(key, 2) != partition) {
      key++;
    }
    return key;
  }

  /** A file of the ledger that was published in one attempt; its number. */
  long file(String state, long published) {
    long id = ++files;
    postgres.execute(
        """
        INSERT INTO ccw.s3_manifest_files VALUES (%1$d, 'manifest-%1$d', 'STARTED', now(), now(), now());
        INSERT INTO riffle.manifests VALUES
          (%1$d, 'planning', 'f', %1$d, 0, %1$d, 'hash', 'LOADING', NULL, NULL, now(), now());
        INSERT INTO riffle.files (file_id, manifest_id, entry_index, file_name, type, merge, s3_key, state,
            attempt, discovered_at, changed_at) OVERRIDING SYSTEM VALUE
          VALUES (%1$d, %1$d, 0, 'f%1$d.csv', 'PDE', false, 'Incoming/f%1$d.csv', '%2$s', 1, now(), now());
        INSERT INTO riffle.file_attempts (file_id, attempt, planned_at, published_at, published_records)
          VALUES (%1$d, 1, now(), now(), %3$d);
        """
            .formatted(id, state, published));
    return id;
  }

  /** The object of a file, as the ledger has it. */
  void object(long file, String content) {
    try {
      s3.client().createBucket(request -> request.bucket("planning"));
    } catch (BucketAlreadyOwnedByYouException e) {
      // Another test made it.
    }
    PutObjectResponse put =
        s3.client()
            .putObject(
                request -> request.bucket("planning").key("Incoming/f" + file + ".csv"),
                RequestBody.fromString(content));
    postgres.execute(
        "UPDATE riffle.files SET etag = '%s', bytes = %d WHERE file_id = %d"
            .formatted(put.eTag(), content.length(), file));
  }

  /** Raw records of a file. */
  void raw(long file, int attempt, long... keys) {
    Schema schema =
        SchemaBuilder.record("Pde")
            .namespace("io.riffle.rif")
            .fields()
            .name("origin")
            .type(ControlCodec.of(Origin.class).schema())
            .noDefault()
            .requiredString("something")
            .endRecord();
    SchemaHandle writer = SchemaHandle.register(registry, "raw", schema);
    for (long key : keys) {
      Origin origin = new Origin(file, attempt, new Version(1, 0, 1, 0, key), 2, 1);
      GenericRecord record = new GenericData.Record(schema);
      record.put("origin", ControlCodec.of(Origin.class).toAvro(origin));
      record.put("something", "else");
      send(
          new ProducerRecord<>(
              rawPde(),
              null,
              text(key),
              AvroBytes.encode(writer, record),
              List.of(writer.header())));
    }
  }

  long number(String sql) throws SQLException {
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private RecordMetadata send(ProducerRecord<byte[], byte[]> record) {
    try {
      return producer.send(record).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] text(long number) {
    return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() {
    producer.close();
  }
}
