package io.riffle.sink.staging;

import io.riffle.schemas.topics.Topics;
import java.util.Optional;

/**
 * A table of a source database whose changes are captured.
 *
 * @param source name of the source
 * @param schema of the table, in the source
 * @param name of the table; as far as a topic's name can say it
 */
public record CapturedTable(String source, String schema, String name) {

  /** The table whose change events stand on a topic; empty for other topics. */
  public static Optional<CapturedTable> of(String topic, Topics topics) {
    if (!topic.startsWith(topics.cdc())) {
      return Optional.empty();
    }
    String[] parts = topic.substring(topics.cdc().length()).split("\\.", 3);
    return parts.length < 3 || parts[0].isEmpty() || parts[1].isEmpty() || parts[2].isEmpty()
        ? Optional.empty()
        : Optional.of(new CapturedTable(parts[0], parts[1], parts[2]));
  }

  /** The schema of its staging table; not quoted. */
  public String stagingSchema() {
    return "stg_" + source;
  }

  /** The staging table, quoted where it must be. */
  public String sqlName() {
    return Sql.name(stagingSchema()) + "." + Sql.name(name);
  }

  @Override
  public String toString() {
    return stagingSchema() + "." + name;
  }
}
