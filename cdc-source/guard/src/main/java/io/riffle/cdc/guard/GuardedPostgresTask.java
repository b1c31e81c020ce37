package io.riffle.cdc.guard;

import io.debezium.config.Configuration;
import io.debezium.connector.postgresql.PostgresConnectorTask;
import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.pipeline.ChangeEventSourceCoordinator;
import java.util.Map;
import java.util.Optional;

/** Debezium's task behind a {@link Guard}, at each of its starts, those after a failure too. */
public final class GuardedPostgresTask extends PostgresConnectorTask {
  @Override
  public ChangeEventSourceCoordinator<PostgresPartition, PostgresOffsetContext> start(
      Configuration config) {
    Guard.of(config.asMap()).check(read(config.getString("topic.prefix")));
    return super.start(config);
  }

  /** As Debezium stores it: all before it was handed to Kafka, in committed transactions. */
  private Optional<Long> read(String topicPrefix) {
    Map<String, Object> offset =
        context.offsetStorageReader().offset(Map.of("server", topicPrefix));
    return Optional.ofNullable(offset)
        .map(
            stored ->
                stored.get("lsn_commit") == null ? stored.get("lsn") : stored.get("lsn_commit"))
        .map(lsn -> ((Number) lsn).longValue());
  }
}
