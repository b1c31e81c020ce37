package io.riffle.cdc.archive;

import io.riffle.config.Secret;
import io.riffle.schemas.registry.SchemaRegistry;
import io.riffle.schemas.topics.Topics;
import io.riffle.testing.TestKafka;
import io.riffle.testing.TestS3;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Real neighbours of an archiver, and what is in its bucket. */
public final class ArchiveFixture {
  final TestKafka kafka;
  final TestS3 s3;
  final SchemaRegistry registry;
  final Topics topics;
  final String bucket;
  private final Path folder;

  public ArchiveFixture(TestKafka kafka, TestS3 s3, SchemaRegistry registry, Path folder) {
    this.kafka = kafka;
    this.s3 = s3;
    this.registry = registry;
    this.folder = folder;
    this.topics = new Topics(kafka.uniqueName("a").replace("-", "_"));
    this.bucket = s3.freshBucket();
  }

  public ArchiveConfig config(int rows, Duration age) {
    return new ArchiveConfig(
        bucket,
        "cdc",
        Optional.of(s3.endpoint()),
        "us-east-1",
        Optional.of(new ArchiveConfig.Credentials(s3.accessKey(), Secret.of(s3.secretKey()))),
        true,
        Duration.ofSeconds(10),
        new ArchiveConfig.Limits(rows, 1 << 20, age, folder));
  }

  Archiver open(ArchiveConfig config) throws IOException {
    return Archiver.open(config, topics, neighbours(kafka.bootstrapServers(), topics, registry));
  }

  static Archiver.Neighbours neighbours(
      String bootstrapServers, Topics topics, SchemaRegistry registry) {
    Map<String, Object> consumer =
        Map.of(
            "bootstrap.servers",
            bootstrapServers,
            "group.id",
            Archiver.group(topics),
            "isolation.level",
            "read_committed",
            "auto.offset.reset",
            "earliest",
            "enable.auto.commit",
            false,
            "metadata.max.age.ms",
            1_000,
            "session.timeout.ms",
            6_000);
    return new Archiver.Neighbours(
        new KafkaConsumer<>(consumer, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
        Admin.create(Map.of("bootstrap.servers", bootstrapServers)),
        registry);
  }

  public Topics topics() {
    return topics;
  }

  public TestKafka kafka() {
    return kafka;
  }

  public TestS3 s3() {
    return s3;
  }

  KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", kafka.bootstrapServers()),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  public void send(List<ProducerRecord<byte[], byte[]>> records) {
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      for (ProducerRecord<byte[], byte[]> record : records) {
        var unused = producer.send(record);
      }
    }
  }

  /** How far the archiver's group is on a topic's partition 0; -1 for nowhere. */
  long committed(String topic) throws Exception {
    return kafka
        .admin()
        .listConsumerGroupOffsets(Archiver.group(topics))
        .partitionsToOffsetAndMetadata()
        .get()
        .entrySet()
        .stream()
        .filter(entry -> entry.getKey().topic().equals(topic) && entry.getValue() != null)
        .mapToLong(entry -> entry.getValue().offset())
        .findFirst()
        .orElse(-1);
  }

  /** Closed files with their lines, by key. */
  public Map<String, List<String>> files() {
    Map<String, List<String>> files = new TreeMap<>();
    for (String key : keys()) {
      if (key.endsWith(Manifest.ENDING)) {
        String file = key.replace(Manifest.ENDING, Manifest.FILE_ENDING);
        files.put(file, new String(unzipped(bytes(file)), StandardCharsets.UTF_8).lines().toList());
      }
    }
    return files;
  }

  Manifest manifest(String file) throws IOException {
    return Manifest.parse(bytes(file.replace(Manifest.FILE_ENDING, Manifest.ENDING)));
  }

  List<String> keys() {
    return s3.client().listObjectsV2Paginator(request -> request.bucket(bucket)).contents().stream()
        .map(object -> object.key())
        .toList();
  }

  byte[] bytes(String key) {
    return s3.client().getObjectAsBytes(request -> request.bucket(bucket).key(key)).asByteArray();
  }

  private static byte[] unzipped(byte[] bytes) {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
