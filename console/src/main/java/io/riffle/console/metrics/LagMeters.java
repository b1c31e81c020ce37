package io.riffle.console.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.riffle.operations.lag.LagReport;
import io.riffle.operations.lag.LagState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lags as series, by group and topic. */
final class LagMeters {
  private static final double MILLIS = 1000.0;

  private final MultiGauge messages;
  private final MultiGauge seconds;
  private final MultiGauge drain;
  private final MultiGauge state;
  private final MultiGauge risk;

  LagMeters(MeterRegistry registry) {
    messages =
        MultiGauge.builder("consumer.lag.messages")
            .description("Messages behind, to the last record")
            .register(registry);
    seconds =
        MultiGauge.builder("consumer.lag.seconds")
            .description("Age of the record at the committed offset; NaN when not known")
            .register(registry);
    drain =
        MultiGauge.builder("consumer.time.to.drain.seconds")
            .description("Until everything is read; infinite when that is not to be expected")
            .register(registry);
    state =
        MultiGauge.builder("consumer.group.state")
            .description("1 for the state that a group is in, 0 for all others")
            .register(registry);
    risk =
        MultiGauge.builder("consumer.retention.risk")
            .description("Partitions whose records expire, or have, before they are read")
            .register(registry);
  }

  void show(LagReport report) {
    List<Row<?>> messagesBehind = new ArrayList<>();
    List<Row<?>> secondsBehind = new ArrayList<>();
    List<Row<?>> untilDrained = new ArrayList<>();
    List<Row<?>> states = new ArrayList<>();
    List<Row<?>> atRisk = new ArrayList<>();
    for (LagReport.Group group : report.groups()) {
      String name = group.lag().group();
      for (LagReport.Topic topic : group.topics()) {
        Tags tags = Tags.of("group", name, "topic", topic.lag().topic());
        messagesBehind.add(Row.of(tags, topic.lag().lag()));
        secondsBehind.add(Row.of(tags, seconds(topic.lag().lag(), topic.lag().behind())));
        untilDrained.add(Row.of(tags, seconds(topic.drain(), Double.POSITIVE_INFINITY)));
        atRisk.add(
            Row.of(
                tags,
                topic.partitions().stream().filter(one -> one.pace().retentionRisk()).count()));
      }
      for (LagState one : LagState.values()) {
        states.add(
            Row.of(Tags.of("group", name, "state", one.name()), group.state() == one ? 1 : 0));
      }
    }
    messages.register(messagesBehind, true);
    seconds.register(secondsBehind, true);
    drain.register(untilDrained, true);
    state.register(states, true);
    risk.register(atRisk, true);
  }

  private static double seconds(long lag, Optional<Duration> behind) {
    return lag == 0 ? 0 : seconds(behind, Double.NaN);
  }

  private static double seconds(Optional<Duration> time, double otherwise) {
    return time.map(known -> known.toMillis() / MILLIS).orElse(otherwise);
  }
}
