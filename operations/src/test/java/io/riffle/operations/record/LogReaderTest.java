package io.riffle.operations.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.riffle.operations.record.PartitionScan.Scanned;
import io.riffle.operations.site.StackException;
import io.riffle.testing.KafkaExtension;
import io.riffle.testing.TestKafka;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Looking back on a real partition: every tenth record is the key's. */
@ExtendWith(KafkaExtension.class)
class LogReaderTest {
  private static final int RECORDS = 100;
  private static final byte[] KEY = "7".getBytes(UTF_8);
  private static final byte[] OTHER = "70".getBytes(UTF_8);
  private static final byte[] VALUE = new byte[1_000];
  private static final ScanBudget AMPLE = new ScanBudget(1 << 30, Duration.ofMinutes(1));

  private final TestKafka kafka;
  private TopicPartition partition;
  private LogReader log;

  LogReaderTest(TestKafka kafka) {
    this.kafka = kafka;
  }

  @BeforeEach
  void fill() {
    String topic = kafka.uniqueName("raw");
    kafka.createTopic(topic, 1);
    partition = new TopicPartition(topic, 0);
    log = new LogReader(Map.of("bootstrap.servers", kafka.bootstrapServers()), 7, line -> {});
    write(0, RECORDS, true);
  }

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void findsAllRecordsOfTheKeyInTheirOrder() {
    Scanned scanned = log.scan(partition, KEY, 0, AMPLE);

    assertThat(scanned.records())
        .extracting(ConsumerRecord::offset)
        .containsExactly(0L, 10L, 20L, 30L, 40L, 50L, 60L, 70L, 80L, 90L);
    assertThat(scanned.window().isComplete()).isTrue();
    assertThat(scanned.window().isCut()).isFalse();
    assertThat(scanned.window().since()).isPresent();
  }

  @Test
  void whatIsNotCommittedIsNotSeen() {
    write(RECORDS, 20, false);

    assertThat(log.scan(partition, KEY, 0, AMPLE).records()).hasSize(10);
  }

  @Test
  void aBudgetCutsOffTheOldest() {
    Scanned scanned = log.scan(partition, KEY, 0, new ScanBudget(30_000, Duration.ofMinutes(1)));

    assertThat(scanned.window().isCut()).isTrue();
    assertThat(scanned.window().isComplete()).isFalse();
    assertThat(scanned.window().from()).isBetween(60L, 75L);
    assertThat(scanned.window().to()).isGreaterThanOrEqualTo(RECORDS);
    assertThat(scanned.records())
        .allSatisfy(r -> assertThat(r.offset()).isGreaterThanOrEqualTo(scanned.window().from()))
        .extracting(ConsumerRecord::offset)
        .contains(80L, 90L);
  }

  @Test
  void withoutTimeNothingIsSeenAndItSaysSo() {
    Window window = log.scan(partition, KEY, 0, new ScanBudget(1 << 30, Duration.ZERO)).window();

    assertThat(window.isComplete()).isFalse();
    assertThat(window.isCut()).isTrue();
  }

  @Test
  void whatRetentionTookIsGoneAndNotCut() throws Exception {
    kafka.admin().deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(35))).all().get();

    Scanned scanned = log.scan(partition, KEY, 0, AMPLE);

    assertThat(scanned.window().oldest()).isEqualTo(35);
    assertThat(scanned.window().isComplete()).isFalse();
    assertThat(scanned.window().isCut()).isFalse();
    assertThat(scanned.records()).extracting(ConsumerRecord::offset).startsWith(40L).hasSize(6);
  }

  @Test
  void doesNotLookBehindTheFloor() {
    assertThat(log.scan(partition, KEY, 75, AMPLE).records())
        .extracting(ConsumerRecord::offset)
        .containsExactly(80L, 90L);
  }

  @Test
  void fetchesOneRecordByItsOffset() throws Exception {
    assertThat(log.at(partition, 20)).hasValueSatisfying(r -> assertThat(r.offset()).isEqualTo(20));
    assertThat(log.at(partition, RECORDS)).as("a transaction's end").isEmpty();
    assertThat(log.at(partition, RECORDS + 1)).isEmpty();

    kafka.admin().deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(35))).all().get();
    assertThat(log.at(partition, 20)).isEmpty();
  }

  @Test
  void saysThatThereIsNoSuchTopic() {
    assertThatExceptionOfType(StackException.class)
        .isThrownBy(() -> log.partitions("nowhere.rif.pde"))
        .withMessageContaining("nowhere.rif.pde");
    assertThat(log.partitions(partition.topic())).isEqualTo(1);
  }

  private void write(int first, int records, boolean commit) {
    Map<String, Object> settings =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers(),
            ProducerConfig.TRANSACTIONAL_ID_CONFIG, partition.topic());
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (int i = first; i < first + records; i++) {
        byte[] key = i % 10 == 0 ? KEY : OTHER;
        sent.add(producer.send(new ProducerRecord<>(partition.topic(), 0, key, VALUE)));
      }
      producer.flush();
      assertThat(sent).allMatch(Future::isDone);
      if (commit) {
        producer.commitTransaction();
      } else {
        producer.abortTransaction();
      }
    }
  }
}
