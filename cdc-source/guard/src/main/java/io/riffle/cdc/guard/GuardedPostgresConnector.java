package io.riffle.cdc.guard;

import io.debezium.connector.postgresql.PostgresConnector;
import org.apache.kafka.connect.connector.Task;

/**
 * Debezium's connector, whose task refuses to start where changes may be lost. Configured as that
 * one, and with the keys of {@link Guard}.
 */
public final class GuardedPostgresConnector extends PostgresConnector {
  @Override
  public Class<? extends Task> taskClass() {
    return GuardedPostgresTask.class;
  }
}
