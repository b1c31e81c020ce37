package io.riffle.producer.ledger;

import io.riffle.config.Secret;
import io.riffle.testing.TestPostgres;
import java.time.Duration;
import java.util.Optional;

/** A test's database as the ledger's. */
public final class TestDatabase {
  private TestDatabase() {}

  public static DatabaseConfig config(TestPostgres postgres) {
    return new DatabaseConfig(
        postgres.jdbcUrl(),
        postgres.username(),
        Optional.of(Secret.of(postgres.password())),
        "ccw",
        Duration.ofSeconds(60));
  }
}
