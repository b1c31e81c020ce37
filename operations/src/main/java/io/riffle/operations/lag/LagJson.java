package io.riffle.operations.lag;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Optional;

/**
 * A report as one object: {@code at}, {@code state}, {@code groups} with {@code topics} with {@code
 * partitions}, and {@code unread}. Durations are seconds, rates are records a second; what is not
 * known is null.
 */
public final class LagJson {
  private static final double MILLIS = 1000.0;
  private static final int DIGITS = 3;

  private LagJson() {}

  /** Everything. */
  public static ObjectNode of(LagReport report) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("at", report.at().toString()).put("state", report.state().name());
    ArrayNode groups = json.putArray("groups");
    report.groups().forEach(group -> groups.add(of(group)));
    ArrayNode unread = json.putArray("unread");
    report.unread().forEach(unread::add);
    return json;
  }

  /** One group with its topics and partitions. */
  public static ObjectNode of(LagReport.Group group) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("group", group.lag().group()).put("type", group.lag().kind().name());
    json.put("state", group.state().name()).put("members", group.lag().members());
    json.put("lag", group.lag().lag()).put("trend", group.trend().name());
    put(json, "behindSeconds", group.lag().behind());
    put(json, "drainSeconds", group.drain());
    put(json, "consumedPerSecond", group.consumed());
    ArrayNode topics = json.putArray("topics");
    group.topics().forEach(topic -> topics.add(of(topic)));
    return json;
  }

  private static ObjectNode of(LagReport.Topic topic) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("topic", topic.lag().topic()).put("state", topic.state().name());
    json.put("lag", topic.lag().lag()).put("trend", topic.trend().name());
    put(json, "behindSeconds", topic.lag().behind());
    put(json, "drainSeconds", topic.drain());
    put(json, "consumedPerSecond", topic.consumed());
    put(json, "producedPerSecond", topic.produced());
    ArrayNode partitions = json.putArray("partitions");
    topic.partitions().forEach(partition -> partitions.add(of(partition)));
    return json;
  }

  private static ObjectNode of(LagReport.Partition partition) {
    PartitionLag lag = partition.lag();
    Pace pace = partition.pace();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("partition", lag.partition()).put("state", pace.state().name());
    json.put("committed", lag.hasCommitted() ? lag.committed() : null);
    json.put("logStart", lag.logStart());
    json.put("logEnd", lag.logEnd()).put("lag", lag.lag()).put("trend", pace.trend().name());
    put(json, "behindSeconds", lag.behind());
    put(json, "drainSeconds", pace.drain());
    put(json, "consumedPerSecond", pace.consumed());
    put(json, "producedPerSecond", pace.produced());
    json.put("consumer", lag.member().map(Member::consumer).orElse(null));
    json.put("client", lag.member().map(Member::client).orElse(null));
    json.put("host", lag.member().map(Member::host).orElse(null));
    json.put("hot", partition.hot()).put("retentionRisk", pace.retentionRisk());
    return json;
  }

  private static void put(ObjectNode json, String name, Optional<Duration> duration) {
    json.put(name, duration.map(known -> known.toMillis() / MILLIS).orElse(null));
  }

  /** Rates are quotients: nobody reads more digits. */
  private static void put(ObjectNode json, String name, double rate) {
    json.put(name, BigDecimal.valueOf(rate).setScale(DIGITS, RoundingMode.HALF_UP).doubleValue());
  }
}
