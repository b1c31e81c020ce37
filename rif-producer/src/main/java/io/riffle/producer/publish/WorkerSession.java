package io.riffle.producer.publish;

import io.riffle.process.StopSignal;
import io.riffle.producer.gzip.GzipException;
import io.riffle.producer.hash.HashCache;
import io.riffle.producer.kafka.ControlReader;
import io.riffle.producer.kafka.ControlWriter;
import io.riffle.producer.kafka.KafkaConfig;
import io.riffle.producer.kafka.RecordSubjects;
import io.riffle.producer.kafka.Takeover;
import io.riffle.producer.ledger.Database;
import io.riffle.producer.ledger.FileLedger;
import io.riffle.producer.ledger.GenerationLedger;
import io.riffle.producer.ledger.RedriveLedger;
import io.riffle.producer.manifest.Refusal;
import io.riffle.producer.run.Pulse;
import io.riffle.producer.run.Session;
import io.riffle.producer.s3.ObjectChangedException;
import io.riffle.producer.s3.ObjectMissingException;
import io.riffle.producer.s3.ObjectStore;
import io.riffle.schemas.control.Progress.SplitDone;
import io.riffle.schemas.control.Split;
import io.riffle.schemas.layout.Layouts;
import io.riffle.schemas.topics.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One worker: takes splits from its partitions and publishes each in a transaction that also moves
 * the group's offset. A member that lost its partitions meanwhile cannot commit, as the transaction
 * carries the group's metadata. Whatever fails ends the session; the next one begins at the last
 * committed offset, with a producer that has aborted what this one left open.
 */
public final class WorkerSession implements Session {

  private static final Logger log = LoggerFactory.getLogger(WorkerSession.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  /** What all workers of a process share; each part is safe for use by several threads. */
  public record Neighbours(
      Layouts layouts,
      Topics topics,
      ObjectStore store,
      RecordSubjects subjects,
      ControlWriter writer,
      ControlReader reader,
      IngestMeters meters) {

    /** The same, of another generation's topics. */
    Neighbours at(int generation) {
      return new Neighbours(
          layouts, topics.at(generation), store, subjects.at(generation), writer, reader, meters);
    }
  }

  private final Neighbours neighbours;
  private final Consumer<byte[], byte[]> consumer;
  private final Producer<byte[], byte[]> producer;
  private final Database database;
  private final FileLedger files;
  private final GenerationLedger generations;
  private final RedriveLedger redrives;
  private final SplitPublisher publisher;
  private final Takeover takeover;

  private WorkerSession(
      Neighbours neighbours,
      Takeover takeover,
      Consumer<byte[], byte[]> consumer,
      Producer<byte[], byte[]> producer,
      Database database,
      HashCache hashes) {
    this.neighbours = neighbours;
    this.takeover = takeover;
    this.consumer = consumer;
    this.producer = producer;
    this.database = database;
    this.files = new FileLedger(database, neighbours.store().bucket());
    this.redrives = new RedriveLedger(database, neighbours.store().bucket());
    this.generations = new GenerationLedger(database);
    this.publisher =
        new SplitPublisher(
            neighbours.layouts(),
            hashes,
            neighbours.topics(),
            producer,
            neighbours.subjects(),
            neighbours.writer(),
            neighbours.store());
  }

  /**
   * Opens a worker's session, of the set's current generation.
   *
   * @param name unique among all running workers of the set; part of the transactional id
   * @param hashes of the worker, longer than its sessions: what was hashed before a session failed
   *     is not hashed again
   * @param staticMember whether the group keeps the worker's partitions while it is away
   */
  public static WorkerSession open(
      Neighbours neighbours,
      KafkaConfig kafka,
      Database database,
      HashCache hashes,
      String name,
      boolean staticMember) {
    Neighbours current = neighbours.at(generation(database));
    Topics topics = current.topics();
    Producer<byte[], byte[]> producer = kafka.openProducer(topics.set() + "-rif-worker-" + name);
    Consumer<byte[], byte[]> consumer = null;
    try {
      producer.initTransactions();
      Optional<String> instance = staticMember ? Optional.of(name) : Optional.empty();
      consumer = kafka.openConsumer(Optional.of(topics.workersGroup()), instance, 1);
      consumer.subscribe(List.of(topics.splits()));
      return new WorkerSession(current, new Takeover(kafka), consumer, producer, database, hashes);
    } catch (RuntimeException e) {
      producer.close(CLOSE_TIMEOUT);
      if (consumer != null) {
        consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
      }
      database.close();
      throw e;
    }
  }

  private static int generation(Database database) {
    try {
      return new GenerationLedger(database).current();
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  @Override
  public void run(StopSignal stop, Pulse pulse) throws IOException {
    try {
      work(stop, pulse);
    } catch (KafkaException e) {
      takeover.requireNone(consumer.groupMetadata(), e);
      throw e;
    }
  }

  private void work(StopSignal stop, Pulse pulse) throws IOException {
    while (!stop.isGiven()) {
      ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
      for (ConsumerRecord<byte[], byte[]> record : records) {
        process(record);
        pulse.worked();
      }
      pulse.idle();
    }
  }

  @Override
  public void close() {
    publisher.close();
    producer.close(CLOSE_TIMEOUT);
    consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
    database.close();
  }

  private void process(ConsumerRecord<byte[], byte[]> record) throws IOException {
    Split split = neighbours.reader().split(record);
    if (files.isDoneOrGivenUp(split.file(), split.attempt(), split.split())) {
      skip(record);
      return;
    }
    generations.require(neighbours.topics().generation());
    try {
      publish(record, split);
    } catch (ObjectChangedException | ObjectMissingException | GzipException e) {
      producer.abortTransaction();
      giveUp(split);
      skip(record);
    }
  }

  private void publish(ConsumerRecord<byte[], byte[]> record, Split split) throws IOException {
    long start = System.nanoTime();
    producer.beginTransaction();
    SplitDone done = publisher.publish(split, record.partition());
    commit(record);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    neighbours.meters().published(split, done, took);
    log.atInfo()
        .addKeyValue("file", split.file())
        .addKeyValue("attempt", split.attempt())
        .addKeyValue("split", split.split())
        .addKeyValue("records", done.records())
        .addKeyValue("rejected", done.rejected())
        .addKeyValue("millis", took.toMillis())
        .log("split published");
  }

  /** Moves past a split that nobody needs any more. */
  private void skip(ConsumerRecord<byte[], byte[]> record) {
    producer.beginTransaction();
    commit(record);
    log.atInfo()
        .addKeyValue("topic", record.topic())
        .addKeyValue("partition", record.partition())
        .addKeyValue("offset", record.offset())
        .log("split skipped: its load is over");
  }

  private void commit(ConsumerRecord<byte[], byte[]> record) {
    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
    producer.sendOffsetsToTransaction(
        Map.of(partition, new OffsetAndMetadata(record.offset() + 1)), consumer.groupMetadata());
    producer.commitTransaction();
  }

  private void giveUp(Split split) {
    String name = split.s3Key().substring(split.s3Key().lastIndexOf('/') + 1);
    String detail =
        name + ", line " + split.line() + ": the object is another one than the planner read";
    String reason = Refusal.OBJECT_CHANGED.name();
    boolean whole = split.redrive().isEmpty();
    if (whole) {
      files.giveUp(split.file(), split.attempt(), reason, detail);
    } else {
      redrives.refuse(split.redrive().get().id(), reason + ": " + detail);
    }
    log.atWarn()
        .addKeyValue("s3Key", split.s3Key())
        .addKeyValue("attempt", split.attempt())
        .addKeyValue("reason", reason)
        .log(whole ? "RIF file rejected" : "redrive refused");
  }
}
