package io.riffle.cdc.archive;

import io.riffle.cdc.archive.Run.Place;
import io.riffle.schemas.registry.SchemaRegistry;
import io.riffle.schemas.topics.Topics;
import io.riffle.schemas.wire.Decoding;
import io.riffle.schemas.wire.Framing;
import io.riffle.schemas.wire.SchemaHandle;
import io.riffle.schemas.wire.Undecodable;
import io.riffle.schemas.wire.WireReader;
import io.riffle.schemas.wire.WireReader.WithoutFingerprint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the change events of a set into the archive, file by file. The group's offsets move behind
 * a file when that is in S3 with its manifest; whatever ends the archiver, the next one begins
 * behind the last such file. A failure of Kafka, the registry or S3 is thrown: the caller closes
 * this one and opens another after a pause. For one thread, but for {@link #close}'s caller.
 */
public final class Archiver implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Archiver.class);
  private static final Duration POLL = Duration.ofMillis(500);

  private final ArchiveConfig config;
  private final ArchiveStore store;
  private final OpenFiles folder;
  private final Consumer<byte[], byte[]> consumer;
  private final Admin admin;
  private final WireReader reader;
  private final Topics topics;
  private final Clock clock = Clock.systemUTC();
  private final Map<TopicPartition, OpenFile> files = new HashMap<>();
  private final Map<TopicPartition, Long> passed = new HashMap<>();
  private final TopicIds topicIds;
  private final Delivery delivery;

  private Archiver(ArchiveConfig config, Topics topics, Neighbours neighbours, OpenFiles folder) {
    this.config = config;
    this.topics = topics;
    this.store = ArchiveStore.open(config);
    this.folder = folder;
    this.consumer = neighbours.consumer();
    this.admin = neighbours.admin();
    this.topicIds = new TopicIds(admin);
    this.delivery = new Delivery(config.prefix(), store, topicIds, consumer);
    this.reader = new WireReader(neighbours.registry(), WithoutFingerprint.ACCEPT);
  }

  /**
   * What an archiver works with; it closes consumer and admin.
   *
   * @param consumer of group {@link #group}, of committed records, from the earliest offset, that
   *     commits nothing by itself
   */
  public record Neighbours(
      Consumer<byte[], byte[]> consumer, Admin admin, SchemaRegistry registry) {}

  /** Consumer group of the archivers of a set; any number shares its topics. */
  public static String group(Topics topics) {
    return topics.archiveGroup();
  }

  /** Takes up the work where the last one left it; connects when first run. */
  public static Archiver open(ArchiveConfig config, Topics topics, Neighbours neighbours)
      throws IOException {
    try {
      return new Archiver(config, topics, neighbours, OpenFiles.in(config.limits().folder()));
    } catch (IOException e) {
      neighbours.consumer().close();
      neighbours.admin().close(Duration.ZERO);
      throw e;
    }
  }

  /**
   * Works until told to stop.
   *
   * @param stop asked after each poll
   * @param worked told after each poll that came back
   */
  public void run(BooleanSupplier stop, Runnable worked) throws IOException {
    store.check(config.prefix());
    consumer.subscribe(Pattern.compile(Pattern.quote(topics.cdc()) + ".*"), new Leaving());
    while (!stop.getAsBoolean()) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        take(record);
      }
      closeDue();
      worked.run();
    }
  }

  /** Forgets the files that are not closed; their events come again. */
  @Override
  public void close() {
    try (folder;
        store;
        consumer) {
      discard(List.copyOf(files.keySet()));
      admin.close(Duration.ZERO);
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) throws IOException {
    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
    if (cameFromHere(record)) {
      pass(partition, record.offset());
      return;
    }
    Decoding decoding = reader.decode(record.value(), record.headers());
    if (decoding instanceof Undecodable undecodable) {
      skip(partition, record, undecodable.reason().name());
      return;
    }
    Decoding.Decoded decoded = (Decoding.Decoded) decoding;
    Optional<Event> event = EventReader.read(decoded.record(), record.headers());
    if (event.isEmpty()) {
      skip(partition, record, "NO_CHANGE_EVENT");
      return;
    }
    add(partition, record, event.get(), decoded.writer());
  }

  private void add(
      TopicPartition partition,
      ConsumerRecord<byte[], byte[]> record,
      Event event,
      SchemaHandle values)
      throws IOException {
    Place place = new Place(record.topic(), topicIds.known(record.topic()), record.partition());
    Run run = Run.of(event, place, keySchema(record), values, record.headers());
    OpenFile file = files.get(partition);
    if (file != null && !run.continues(file.run())) {
      upload(partition);
      file = null;
    }
    if (file == null) {
      file = OpenFile.begin(run, record.offset(), folder.path());
      files.put(partition, file);
    }
    file.add(event, record.key(), record.offset());
    if (file.isDue(config.limits(), clock.instant())) {
      upload(partition);
    }
  }

  private void skip(
      TopicPartition partition, ConsumerRecord<byte[], byte[]> record, String reason) {
    log.atWarn()
        .addKeyValue("topic", record.topic())
        .addKeyValue("partition", record.partition())
        .addKeyValue("offset", record.offset())
        .addKeyValue("reason", reason)
        .log("not in the archive");
    OpenFile file = files.get(partition);
    if (file != null) {
      file.skip(record.offset(), reason);
    }
    passed.put(partition, record.offset());
  }

  private void pass(TopicPartition partition, long offset) {
    OpenFile file = files.get(partition);
    if (file != null) {
      file.pass(offset);
    }
    passed.put(partition, offset);
  }

  private boolean cameFromHere(ConsumerRecord<byte[], byte[]> record) {
    String own = store.address(ArchivedTable.folder(config.prefix(), topics.set(), ""));
    return EventReader.text(record.headers(), ArchiveLoad.HEADER)
        .filter(from -> from.startsWith(own.substring(0, own.length() - 1)))
        .isPresent();
  }

  private Optional<SchemaHandle> keySchema(ConsumerRecord<byte[], byte[]> record) {
    return reader.frame(record.key(), record.headers()) instanceof Framing.Framed framed
        ? Optional.of(framed.writer())
        : Optional.empty();
  }

  private void closeDue() throws IOException {
    for (TopicPartition partition : List.copyOf(files.keySet())) {
      if (files.get(partition).isDue(config.limits(), clock.instant())) {
        upload(partition);
      }
    }
    commitPassed();
  }

  /** Records that are in no file, where none is open. */
  private void commitPassed() {
    Map<TopicPartition, OffsetAndMetadata> behind = new HashMap<>();
    passed.forEach((partition, offset) -> behind.put(partition, new OffsetAndMetadata(offset + 1)));
    behind.keySet().removeAll(files.keySet());
    if (!behind.isEmpty()) {
      consumer.commitSync(behind);
      passed.keySet().removeAll(behind.keySet());
    }
  }

  private void upload(TopicPartition partition) throws IOException {
    passed.remove(partition);
    try (OpenFile file = files.remove(partition)) {
      delivery.deliver(file);
    }
  }

  private void discard(Collection<TopicPartition> partitions) {
    passed.keySet().removeAll(partitions);
    List<TopicPartition> open = new ArrayList<>(partitions);
    open.retainAll(files.keySet());
    for (TopicPartition partition : open) {
      try {
        files.remove(partition).close();
      } catch (IOException e) {
        throw new UncheckedIOException("closing a local file", e);
      }
    }
  }

  /**
   * What is open is closed, as far as it came: whoever has the partition next begins behind it, and
   * of a topic that was deleted it is the end.
   */
  private final class Leaving implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      try {
        for (TopicPartition partition : partitions) {
          if (files.containsKey(partition)) {
            upload(partition);
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException("closing a file", e);
      }
      discard(partitions);
    }

    /** Somebody else has them already, and reads the same events. */
    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      discard(partitions);
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      topicIds.forget();
    }
  }
}
