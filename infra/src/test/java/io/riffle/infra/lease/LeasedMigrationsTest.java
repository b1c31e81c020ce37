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
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Migrations write what the sink writes: they need the lease as well. */
@ExtendWith(PostgresExtension.class)
class LeasedMigrationsTest extends LeaseFixture {
  LeasedMigrationsTest(TestPostgres server) {
    super(server);
  }

  @Test
  void migrationsWaitForTheLeaseAndDoNothingWithoutIt() throws Exception {
    Party alpha = party("alpha", LONG);
    alpha.ask();
    LeaseParty beta = LeaseParty.of("beta", "setup", LONG);
    assertThat(migrate(beta)).as("nothing to do, nothing to wait for").isZero();

    undoLastMigration();

    assertThatExceptionOfType(LeaseElsewhereException.class).isThrownBy(() -> migrate(beta));
    alpha.leave();
    assertThat(migrate(beta)).isEqualTo(1);
    assertThat(status().whereItIs()).isEqualTo("free");
  }

  private void undoLastMigration() {
    postgres.execute("ALTER TABLE riffle.rejects DROP COLUMN constraint_name");
    postgres.execute("DELETE FROM riffle.flyway_schema_history WHERE version = '11'");
  }

  @Test
  void eachMigrationChecksTheTokenInItsTransaction() throws Exception {
    undoLastMigration();
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
