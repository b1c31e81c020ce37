package io.riffle.operations.doctor;

import io.riffle.schemas.topics.TopicPlan;
import java.util.List;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;

/** The settings of a topic against those that were planned for it. */
final class TopicSettings {
  private static final String POLICY = "cleanup.policy";
  private static final String DELETE = "delete";
  private static final List<String> SAME = List.of(POLICY, "message.timestamp.type");

  /** More of these does no harm. */
  private static final List<String> AT_LEAST =
      List.of("max.message.bytes", "min.compaction.lag.ms");

  private static final String IN_SYNC = "min.insync.replicas";
  private static final long UNLIMITED = -1;

  private final NewTopic planned;
  private final TopicDescription topic;
  private final Config settings;

  TopicSettings(NewTopic planned, TopicDescription topic, Config settings) {
    this.planned = planned;
    this.topic = topic;
    this.settings = settings;
  }

  /** Whether all is as planned; what is not is told. */
  boolean examine(Findings findings) {
    boolean good = canBeWritten(findings);
    for (String name : SAME) {
      String wanted = planned.configs().get(name);
      good &= wanted == null || wanted.equals(value(name)) || warn(name, wanted, findings);
    }
    for (String name : AT_LEAST) {
      String wanted = planned.configs().get(name);
      good &=
          wanted == null || number(name) >= Long.parseLong(wanted) || warn(name, wanted, findings);
    }
    return keepsLongEnough(findings) && good;
  }

  private boolean canBeWritten(Findings findings) {
    int copies = topic.partitions().get(0).replicas().size();
    long needed = number(IN_SYNC);
    if (needed > copies) {
      findings.fail(
          "nobody can write to %s: %s=%d, and it has %d %s"
              .formatted(topic.name(), IN_SYNC, needed, copies, copies == 1 ? "copy" : "copies"),
          alter(IN_SYNC, Integer.toString(TopicPlan.inSync(copies)))
              + "; or kafka-reassign-partitions adds copies");
      return false;
    }
    return needed >= TopicPlan.inSync(copies)
        || warn(IN_SYNC, Integer.toString(TopicPlan.inSync(copies)), findings);
  }

  /** A topic that is compacted only does not heed either limit. */
  private boolean keepsLongEnough(Findings findings) {
    if (!value(POLICY).contains(DELETE)) {
      return true;
    }
    boolean good =
        isUnlimitedOr("retention.bytes", Long.MAX_VALUE)
            || tooShort("retention.bytes", "-1", findings);
    String wanted = planned.configs().get("retention.ms");
    return (wanted == null
            || isUnlimitedOr("retention.ms", Long.parseLong(wanted))
            || tooShort("retention.ms", wanted, findings))
        && good;
  }

  private boolean isUnlimitedOr(String name, long least) {
    long value = number(name);
    return value == UNLIMITED || value >= least;
  }

  private boolean tooShort(String name, String wanted, Findings findings) {
    findings.warn(
        "%s has %s=%s, not %s: its records may be gone before they are read, or replayed"
            .formatted(topic.name(), name, value(name), wanted),
        alter(name, wanted) + ", unless nobody needs older ones");
    return false;
  }

  private boolean warn(String name, String wanted, Findings findings) {
    findings.warn(
        "%s has %s=%s, not %s".formatted(topic.name(), name, value(name), wanted),
        alter(name, wanted));
    return false;
  }

  private String alter(String name, String wanted) {
    return "kafka-configs --alter --topic %s --add-config %s=%s"
        .formatted(topic.name(), name, wanted);
  }

  private String value(String name) {
    return settings.get(name).value();
  }

  private long number(String name) {
    return Long.parseLong(value(name));
  }
}
