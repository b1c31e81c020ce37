package io.riffle.operations.lag;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.testing.KafkaExtension;
import io.riffle.testing.TestKafka;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a real broker, with what its own tool would count. */
@ExtendWith(KafkaExtension.class)
class LagCollectorIT {
  private final TestKafka kafka;
  private final String topic;
  private final String group;
  private Consumer<byte[], byte[]> probe;
  private LagCollector collector;

  LagCollectorIT(TestKafka kafka) {
    this.kafka = kafka;
    this.topic = kafka.uniqueName("lag");
    this.group = kafka.uniqueName("group");
  }

  @BeforeEach
  void open() {
    kafka.createTopic(topic, 2);
    probe = consumer(null, "classic");
    collector = new LagCollector(kafka.admin(), probe, Clock.systemUTC());
  }

  @AfterEach
  void close() {
    probe.close();
  }

  @Test
  void markersBehindTheLastRecordAreNoLag() throws Exception {
    write(true, 3, 3, 2);
    commit(0, 11);

    PartitionLag lag = only(0);

    assertThat(lag.logEnd()).as("8 records and 3 markers").isEqualTo(11);
    assertThat(lag.lag()).isZero();
    assertThat(lag.behind()).isEmpty();

    commit(0, 10);
    assertThat(only(0).lag()).as("Connect commits the offset behind the record").isZero();
    commit(0, 9);
    assertThat(only(0).lag()).isEqualTo(1);
    commit(0, 0);
    assertThat(only(0).lag()).as("to the last record").isEqualTo(10);
  }

  /** A tool that counts to the end of the log says 2 here, for ever. */
  @Test
  void abortedTransactionsAtTheEndAreNoLag() throws Exception {
    write(true, 1);
    abort(0);
    abort(0);
    commit(0, 1);

    PartitionLag lag = only(0);

    assertThat(lag.logEnd() - lag.committed()).isPositive();
    assertThat(lag.lag()).isZero();
  }

  @Test
  void anOpenTransactionIsNotThereYet() throws Exception {
    write(true, 4);
    try (Producer<byte[], byte[]> producer = producer(true)) {
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(topic, 0, null, new byte[10])).get();
      commit(0, 2);

      assertThat(only(0).lag()).isEqualTo(2);
      producer.commitTransaction();
    }
    assertThat(only(0).lag()).as("with a marker between").isEqualTo(4);
  }

  @Test
  void withoutTransactionsItIsWhatKafkasOwnToolCounts() throws Exception {
    write(false, 100);
    commit(0, 37);

    assertThat(only(0).lag()).isEqualTo(only(0).logEnd() - 37).isEqualTo(63);
  }

  @Test
  void ageIsThatOfTheRecordAtTheCommittedOffset() throws Exception {
    long hourAgo = System.currentTimeMillis() - 3_600_000;
    try (Producer<byte[], byte[]> producer = producer(false)) {
      producer.send(new ProducerRecord<>(topic, 0, hourAgo - 1_000, null, new byte[1])).get();
      producer.send(new ProducerRecord<>(topic, 0, hourAgo, null, new byte[1])).get();
      producer.send(new ProducerRecord<>(topic, 0, null, null, new byte[1])).get();
    }
    commit(0, 1);

    assertThat(only(0).behind().orElseThrow())
        .isBetween(Duration.ofMinutes(60), Duration.ofMinutes(61));
  }

  /** Two groups at two places of one partition, each with its own age. */
  @Test
  void groupsThatStandElsewhereHaveOtherAges() throws Exception {
    long hourAgo = System.currentTimeMillis() - 3_600_000;
    try (Producer<byte[], byte[]> producer = producer(false)) {
      producer.send(new ProducerRecord<>(topic, 0, hourAgo, null, new byte[1])).get();
      producer.send(new ProducerRecord<>(topic, 0, null, null, new byte[1])).get();
    }
    commit(0, 0);
    String other = group + "-other";
    commit(other, 0, 1);

    List<GroupLag> groups = collector.collect(name -> name.startsWith(group)).groups();

    assertThat(groups).extracting(GroupLag::group).containsExactly(group, other);
    assertThat(groups.get(0).behind().orElseThrow()).isGreaterThan(Duration.ofMinutes(59));
    assertThat(groups.get(1).behind().orElseThrow()).isLessThan(Duration.ofMinutes(59));
  }

  @ParameterizedTest
  @ValueSource(strings = {"classic", "consumer"})
  void membersAreThereWhileTheyRead(String protocol) throws Exception {
    write(false, 5);
    try (Consumer<byte[], byte[]> reader = consumer(group, protocol)) {
      reader.subscribe(List.of(topic));
      readFive(reader);
      reader.commitSync();

      GroupLag lag = one();

      assertThat(lag.kind().name()).isEqualToIgnoringCase(protocol);
      assertThat(lag.members()).isEqualTo(1);
      assertThat(only(0).member().orElseThrow().client()).isEqualTo("reader-" + group);
      assertThat(only(0).member().orElseThrow().host()).doesNotStartWith("/");
    }
    assertThat(one().members()).as("it stays to be seen").isZero();
    assertThat(only(0).member()).isEmpty();
  }

  /** As a program does that keeps its offsets elsewhere, or has never come to a commit. */
  @Test
  void whatIsReadWithoutACommitCountsFromTheStart() throws Exception {
    write(false, 5);
    try (Consumer<byte[], byte[]> reader = consumer(group, "classic")) {
      reader.subscribe(List.of(topic));
      readFive(reader);

      assertThat(one().topics().get(0).partitions()).hasSize(2);
      assertThat(only(0).hasCommitted()).isFalse();
      assertThat(only(0).lag()).isEqualTo(5);
      assertThat(only(0).behind()).isPresent();
      assertThat(only(1).lag()).isZero();
      reader.commitSync();
      assertThat(only(0).lag()).isZero();
    }
  }

  @Test
  void aTopicThatWasMadeAgainIsSeen() throws Exception {
    write(false, 2);
    commit(0, 1_000);

    assertThat(only(0).isBeyondTheEnd()).isTrue();
    assertThat(new LagHistory().add(collector.collect(group::equals)).state())
        .isEqualTo(LagState.REWIND);
  }

  @Test
  void recordsThatExpiredUnreadAreSeen() throws Exception {
    write(false, 10);
    commit(0, 3);
    kafka
        .admin()
        .deleteRecords(
            Map.of(
                new TopicPartition(topic, 0),
                org.apache.kafka.clients.admin.RecordsToDelete.beforeOffset(6)))
        .all()
        .get();

    assertThat(only(0).isTruncated()).isTrue();
    assertThat(only(0).lag()).as("what can be read").isEqualTo(4);
  }

  @Test
  void aTopicThatIsGoneIsLeftOut() throws Exception {
    write(false, 1);
    commit(0, 1);
    kafka.admin().deleteTopics(List.of(topic)).all().get();

    assertThat(collector.collect(group::equals).groups())
        .allSatisfy(one -> assertThat(one.topics()).isEmpty());
  }

  private static void readFive(Consumer<byte[], byte[]> reader) {
    int read = 0;
    while (read < 5) {
      read += reader.poll(Duration.ofMillis(100)).count();
    }
  }

  private GroupLag one() throws Exception {
    return collector.collect(group::equals).groups().get(0);
  }

  private PartitionLag only(int partition) throws Exception {
    return one().topics().get(0).partitions().stream()
        .filter(one -> one.partition() == partition)
        .findFirst()
        .orElseThrow();
  }

  /** So many records in each transaction, or all at once without one. */
  private void write(boolean transactions, int... counts) throws Exception {
    try (Producer<byte[], byte[]> producer = producer(transactions)) {
      for (int count : counts) {
        if (transactions) {
          producer.beginTransaction();
        }
        for (int i = 0; i < count; i++) {
          producer.send(new ProducerRecord<>(topic, 0, null, new byte[10])).get();
        }
        if (transactions) {
          producer.commitTransaction();
        }
      }
    }
  }

  /** Its records are on the log; what aborts them, too. */
  private void abort(int partition) throws Exception {
    try (Producer<byte[], byte[]> producer = producer(true)) {
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(topic, partition, null, new byte[10])).get();
      producer.abortTransaction();
    }
  }

  private Producer<byte[], byte[]> producer(boolean transactions) {
    Properties config = new Properties();
    config.put("bootstrap.servers", kafka.bootstrapServers());
    if (transactions) {
      config.put("transactional.id", kafka.uniqueName("writer"));
    }
    Producer<byte[], byte[]> producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    if (transactions) {
      producer.initTransactions();
    }
    return producer;
  }

  private void commit(int partition, long offset) throws Exception {
    commit(group, partition, offset);
  }

  private void commit(String name, int partition, long offset) throws Exception {
    kafka
        .admin()
        .alterConsumerGroupOffsets(
            name, Map.of(new TopicPartition(topic, partition), new OffsetAndMetadata(offset)))
        .all()
        .get();
  }

  private Consumer<byte[], byte[]> consumer(String name, String protocol) {
    Properties config = new Properties();
    config.put("bootstrap.servers", kafka.bootstrapServers());
    config.put("group.protocol", protocol);
    config.put("auto.offset.reset", "earliest");
    config.put("enable.auto.commit", "false");
    config.put("isolation.level", "read_committed");
    config.put("max.partition.fetch.bytes", "1");
    if (name != null) {
      config.put("group.id", name);
      config.put("client.id", "reader-" + name);
    }
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
