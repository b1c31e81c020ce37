package io.riffle.console.lag;

import io.riffle.operations.lag.GroupKind;
import io.riffle.operations.lag.GroupLag;
import io.riffle.operations.lag.LagHistory;
import io.riffle.operations.lag.LagReport;
import io.riffle.operations.lag.LagSnapshot;
import io.riffle.operations.lag.Member;
import io.riffle.operations.lag.PartitionLag;
import io.riffle.operations.lag.TopicLag;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lags of a large site, by the code that makes reports of real ones. */
public final class GivenLags {
  private GivenLags() {}

  /** Topics are dealt out to the groups in turn; each look finds more read. */
  public static LagReport of(int groups, int topics, int partitions, LagHistory history, int look) {
    Instant at = Instant.parse("2026-11-20T10:00:00Z").plusSeconds(10L * look);
    List<GroupLag> all = new ArrayList<>();
    for (int group = 0; group < groups; group++) {
      List<TopicLag> own = new ArrayList<>();
      for (int topic = group; topic < topics; topic += groups) {
        own.add(topic(topic, partitions, look));
      }
      all.add(
          new GroupLag("main-group-%03d".formatted(group), GroupKind.CONSUMER, "STABLE", 3, own));
    }
    return history.add(new LagSnapshot(at, all));
  }

  private static TopicLag topic(int number, int partitions, int look) {
    List<PartitionLag> all = new ArrayList<>();
    for (int partition = 0; partition < partitions; partition++) {
      long end = 1_000_000L + number * 100L + look * 50L;
      long lag = (number + partition) % 7 == 0 ? 0 : number * 3L + partition;
      all.add(
          new PartitionLag(
              partition,
              end - lag,
              0,
              end + 1,
              lag,
              lag == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(lag)),
              Optional.of(new Member("consumer-" + partition, "client", "10.0.0." + partition))));
    }
    return new TopicLag("main.topic-%04d".formatted(number), all);
  }
}
