package io.riffle.console.metrics;

import static io.riffle.console.metrics.LedgerMeters.gauge;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.riffle.operations.lag.LagReport;
import io.riffle.operations.lag.LagReport.Group;
import io.riffle.operations.lag.LagReport.Partition;
import io.riffle.operations.lag.LagState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lags as series. What is not known has none. */
final class LagMeters {
  private static final double MILLIS = 1000.0;

  private final MultiGauge messages;
  private final MultiGauge seconds;
  private final MultiGauge drain;
  private final MultiGauge state;
  private final MultiGauge risk;

  LagMeters(MeterRegistry registry) {
    messages = gauge(registry, "consumer.lag.messages", "Messages behind, to the last record");
    seconds = gauge(registry, "consumer.lag.seconds", "Age of the record at the committed offset");
    drain =
        gauge(
            registry,
            "consumer.time.to.drain.seconds",
            "Until everything is read, at the present pace");
    state = gauge(registry, "consumer.group.state", "1 for the state that a group is in");
    risk =
        gauge(
            registry,
            "consumer.retention.risk",
            "1: records expire before they are read, or have expired");
  }

  /** The series of one report, until they are shown. */
  private static final class Rows {
    private final List<Row<?>> messages = new ArrayList<>();
    private final List<Row<?>> seconds = new ArrayList<>();
    private final List<Row<?>> drain = new ArrayList<>();
    private final List<Row<?>> states = new ArrayList<>();
    private final List<Row<?>> risk = new ArrayList<>();

    void add(Group group) {
      String name = group.lag().group();
      group.drain().ifPresent(time -> drain.add(Row.of(Tags.of("group", name), seconds(time))));
      for (LagState one : LagState.values()) {
        Tags tags = Tags.of("group", name, "state", one.name());
        states.add(Row.of(tags, group.state() == one ? 1 : 0));
      }
      for (LagReport.Topic topic : group.topics()) {
        Tags tags = Tags.of("group", name, "topic", topic.lag().topic());
        topic.partitions().forEach(one -> add(one, tags));
      }
    }

    private void add(Partition one, Tags ofTopic) {
      Tags tags = ofTopic.and("partition", Integer.toString(one.lag().partition()));
      messages.add(Row.of(tags, one.lag().lag()));
      behind(one).ifPresent(known -> seconds.add(Row.of(tags, known)));
      risk.add(Row.of(tags, one.pace().retentionRisk() ? 1 : 0));
    }

    private static Optional<Double> behind(Partition one) {
      return one.lag().lag() == 0 ? Optional.of(0.0) : one.lag().behind().map(Rows::seconds);
    }

    private static double seconds(Duration time) {
      return time.toMillis() / MILLIS;
    }
  }

  void show(LagReport report) {
    Rows rows = new Rows();
    report.groups().forEach(rows::add);
    messages.register(rows.messages, true);
    seconds.register(rows.seconds, true);
    drain.register(rows.drain, true);
    state.register(rows.states, true);
    risk.register(rows.risk, true);
  }
}
