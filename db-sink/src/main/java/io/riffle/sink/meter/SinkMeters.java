package io.riffle.sink.meter;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.riffle.sink.meter.RowCounts.Op;
import io.riffle.sink.meter.RowCounts.Result;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/** The meters of a connector's tasks. Safe for use by several threads. */
public final class SinkMeters {
  /** Where a row's way began. */
  public enum Since {
    /** The source's commit, as Debezium tells it; of a snapshot's row the time it was read. */
    SOURCE,
    /** The append to the topic that the sink reads, by the broker's clock. */
    TOPIC
  }

  private static final Duration[] BATCH = seconds(.01, .03, .1, .3, 1, 3, 10, 30, 60);
  private static final Duration[] AGE =
      seconds(.1, .3, 1, 3, 10, 30, 60, 300, 900, 3600, 6 * 3600, 24 * 3600);

  private final MeterRegistry registry;
  private final String connector;

  public SinkMeters(MeterRegistry registry, String connector) {
    this.registry = registry;
    this.connector = connector;
  }

  /**
   * Records of a table may come. Its counters begin at 0, so that the first ones are seen as an
   * increase.
   */
  public void expect(String table) {
    rows(table, Op.UPSERT, Result.APPLIED).increment(0);
    rows(table, Op.UNKNOWN, Result.REJECT).increment(0);
  }

  /** A batch is committed. */
  public void committed(RowCounts counts, Duration took) {
    counts.forEach((table, op, result, count) -> rows(table, op, result).increment((double) count));
    Timer.builder("sink.batch")
        .description("How long batches take, from the first statement to the commit")
        .tag("connector", connector)
        .serviceLevelObjectives(BATCH)
        .register(registry)
        .record(took);
  }

  /** The oldest record of a table in a batch that is committed. */
  public void arrived(String table, Since since, Duration age) {
    Timer.builder("end.to.end")
        .description("Age of the oldest record of a table in a batch, when it is committed")
        .tag("table", table)
        .tag("since", lower(since))
        .serviceLevelObjectives(AGE)
        .register(registry)
        .record(age.isNegative() ? Duration.ZERO : age); // clocks of two machines
  }

  private Counter rows(String table, Op op, Result result) {
    return Counter.builder("sink.rows")
        .description("Records that were written to a table, or not, by what became of them")
        .tag("table", table)
        .tag("op", lower(op))
        .tag("result", lower(result))
        .register(registry);
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static Duration[] seconds(double... seconds) {
    return Arrays.stream(seconds)
        .mapToObj(bound -> Duration.ofMillis(Math.round(bound * 1000)))
        .toArray(Duration[]::new);
  }
}
