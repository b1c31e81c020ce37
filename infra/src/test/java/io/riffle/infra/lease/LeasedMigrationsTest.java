package io.riffle.infra.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.riffle.lease.LeaseElsewhereException;
import io.riffle.lease.LeaseParty;
import io.riffle.schemas.ddl.Migrations;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestPostgres;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Migrations write what the sink writes: they need the lease as well. */
@ExtendWith(PostgresExtension.class)
class LeasedMigrationsTest extends LeaseFixture {
  private static final String LEASE = "10";

  LeasedMigrationsTest(TestPostgres server) {
    super(server.another());
  }

  /** Only as far as the lease itself: what came after it is missing. */
  @BeforeEach
  void create() {
    Flyway.configure()
        .dataSource(postgres.dataSource())
        .locations("classpath:io/riffle/migrations")
        .defaultSchema("riffle")
        .createSchemas(true)
        .placeholders(Map.of("tables", "ccw"))
        .target(LEASE)
        .load()
        .migrate();
  }

  @Test
  void migrationsWaitForTheLeaseAndDoNothingWithoutIt() throws Exception {
    Party alpha = party("alpha", LONG);
    alpha.ask();
    LeaseParty beta = LeaseParty.of("beta", "setup", LONG);

    assertThatExceptionOfType(LeaseElsewhereException.class).isThrownBy(() -> migrate(beta));
    alpha.leave();
    assertThat(migrate(beta)).isPositive();
    assertThat(status().whereItIs()).isEqualTo("free");
    alpha.ask();
    assertThat(migrate(beta)).as("nothing to do, nothing to wait for").isZero();
  }

  @Test
  void eachMigrationChecksTheTokenInItsTransaction() throws Exception {
    postgres.execute(
        """
        CREATE FUNCTION tell() RETURNS event_trigger LANGUAGE plpgsql AS $$
        BEGIN
          RAISE EXCEPTION 'under the lease: %', (SELECT count(*) FROM pg_locks
            WHERE pid = pg_backend_pid() AND locktype = 'advisory' AND mode = 'ShareLock'
              AND objid::bigint = (hashtext('lease')::bigint & 4294967295));
        END $$;
        CREATE EVENT TRIGGER tell ON ddl_command_start EXECUTE FUNCTION tell();
        """);

    assertThatExceptionOfType(FlywayException.class)
        .isThrownBy(() -> migrate(LeaseParty.of("beta", "setup", LONG)))
        .withMessageContaining("under the lease: 1");
    assertThat(status().holder()).isEmpty();
  }

  private int migrate(LeaseParty party) throws SQLException, InterruptedException {
    return Migrations.migrate(postgres.dataSource(), "ccw", party, Duration.ofMillis(300));
  }
}
