package io.riffle.operations.overview;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;

/** Pipelines as objects; durations are seconds, rates a second, what is not known is null. */
public final class OverviewJson {
  private static final double MILLIS = 1000.0;
  private static final double TENTHS = 10.0;

  private OverviewJson() {}

  /** {@code at}, {@code state} and {@code pipelines}. */
  public static ObjectNode of(Overview overview) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("at", overview.at().toString()).put("state", overview.state().name());
    json.set("pipelines", pipelines(overview));
    return json;
  }

  /** The list alone. */
  public static ArrayNode pipelines(Overview overview) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    overview.pipelines().forEach(pipeline -> list.add(of(pipeline)));
    return list;
  }

  private static ObjectNode of(Pipeline pipeline) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("pipeline", pipeline.name()).put("state", pipeline.state().name());
    pipeline.reasons().forEach(json.putArray("reasons")::add);
    json.put("recordsInPerSecond", pipeline.in().map(OverviewJson::rounded).orElse(null));
    json.put("rowsOutPerSecond", pipeline.out().map(OverviewJson::rounded).orElse(null));
    json.put("lag", pipeline.lag().orElse(null));
    json.put("behindSeconds", seconds(pipeline.behind()));
    json.put("drainSeconds", seconds(pipeline.drain()));
    json.put("rejects24h", pipeline.rejects().orElse(null));
    json.put("lastSuccess", pipeline.lastSuccess().map(Object::toString).orElse(null));
    return json;
  }

  private static Double seconds(Optional<Duration> time) {
    return time.map(known -> known.toMillis() / MILLIS).orElse(null);
  }

  private static double rounded(double rate) {
    return Math.round(rate * TENTHS) / TENTHS;
  }
}
