package io.riffle.cdc.archive;

import io.riffle.cdc.archive.Run.Place;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicIdException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings finished files into the archive. For one thread. */
final class Delivery {
  private static final Logger log = LoggerFactory.getLogger(Delivery.class);

  private final String prefix;
  private final ArchiveStore store;
  private final TopicIds topicIds;
  private final Consumer<byte[], byte[]> consumer;

  Delivery(
      String prefix, ArchiveStore store, TopicIds topicIds, Consumer<byte[], byte[]> consumer) {
    this.prefix = prefix;
    this.store = store;
    this.topicIds = topicIds;
    this.consumer = consumer;
  }

  /** The file, then its manifest, then the offsets: in this order, each step may be the last. */
  void deliver(OpenFile file) throws IOException {
    Manifest manifest = file.finish();
    String key = file.run().key(prefix, manifest.firstOffset(), manifest.lastOffset());
    store.put(key + Manifest.FILE_ENDING, file.path(), metadata(manifest));
    store.put(key + Manifest.ENDING, manifest.toJson());
    commit(file.run().place(), manifest.lastOffset() + 1);
    log.atInfo()
        .addKeyValue("s3Key", key + Manifest.FILE_ENDING)
        .addKeyValue("rows", manifest.rows())
        .log("change events archived");
  }

  private static Map<String, String> metadata(Manifest manifest) {
    return Map.of(
        "rows", Long.toString(manifest.rows()),
        "sha256", manifest.sha256(),
        "first-offset", Long.toString(manifest.firstOffset()),
        "last-offset", Long.toString(manifest.lastOffset()));
  }

  /** A topic that was deleted has no offsets, and one that was made again has others. */
  private void commit(Place place, long next) {
    Optional<String> id = topicIds.ask(place.topic());
    if (id.isEmpty()) {
      log.atInfo().addKeyValue("topic", place.topic()).log("topic is gone, its end is archived");
      return;
    }
    if (!id.get().equals(place.topicId())) {
      throw new UnknownTopicIdException(place.topic() + " was made again");
    }
    consumer.commitSync(
        Map.of(new TopicPartition(place.topic(), place.partition()), new OffsetAndMetadata(next)));
  }
}
