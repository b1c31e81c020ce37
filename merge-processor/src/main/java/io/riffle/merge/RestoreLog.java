package io.riffle.merge;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs how much of each state came back from its changelog, and how long that took. */
final class RestoreLog implements StateRestoreListener {
  private static final Logger log = LoggerFactory.getLogger(RestoreLog.class);

  private final Map<TopicPartition, Long> begun = new ConcurrentHashMap<>();

  @Override
  public void onRestoreStart(TopicPartition changelog, String store, long start, long end) {
    begun.put(changelog, System.nanoTime());
  }

  @Override
  public void onBatchRestored(TopicPartition changelog, String store, long end, long records) {
    // the end says it all
  }

  /** Nothing is said of states that were whole. */
  @Override
  public void onRestoreEnd(TopicPartition changelog, String store, long records) {
    Long start = begun.remove(changelog);
    if (records > 0 && start != null) {
      log.atInfo()
          .addKeyValue("store", store)
          .addKeyValue("partition", changelog.partition())
          .addKeyValue("records", records)
          .addKeyValue("millis", Duration.ofNanos(System.nanoTime() - start).toMillis())
          .log("State restored");
    }
  }
}
