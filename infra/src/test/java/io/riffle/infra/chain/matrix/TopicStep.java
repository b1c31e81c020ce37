package io.riffle.infra.chain.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Locale;

/**
 * A record that somebody else writes to one of Riffle's topics.
 *
 * @param merged whether to the merged topic of PDE, or else to its raw topic
 * @param timestamp that it claims to be of
 */
record TopicStep(boolean merged, PoisonValue value, Instant timestamp) {

  static TopicStep read(JsonNode node) {
    return new TopicStep(
        node.path("topic").asText().equals("merged"),
        PoisonValue.valueOf(node.path("value").asText().toUpperCase(Locale.ROOT).replace('-', '_')),
        node.has("timestamp") ? Instant.parse(node.get("timestamp").asText()) : Instant.now());
  }

  /** Who finds it. */
  String stage() {
    return merged ? "SINK" : "MERGE";
  }
}
