package io.riffle.infra.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.riffle.infra.stack.LocalStack;
import io.riffle.operations.site.Endpoints;
import io.riffle.samples.SampleSource;
import io.riffle.samples.change.ChangePlan;
import io.riffle.samples.change.ChangeReport;
import io.riffle.samples.change.SteadyChanges;
import io.riffle.samples.compare.StagingComparison;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A source is written to all the while that it is snapshot and streamed, and everything between it
 * and staging is killed with -9 in turn: at the end staging equals the source.
 */
@Tag("full")
@Tag("capture")
class CapturedKillsIT {
  private static final long SEED = Long.getLong("riffle.cdc.seed", 20_261_122);
  private static final long ROWS = 8_000;
  private static final int CHANGES_PER_SECOND = 150;
  private static final String SNAPSHOT_ROWS =
      "SELECT coalesce(sum(rows_done), 0) FROM riffle.cdc_snapshots WHERE source = 'qvp'";
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final SampleSource SOURCE = SampleSource.QVP;

  private final Chain chain = Chain.shared();
  private final Cli riffle = new Cli(chain.stack().home());
  @TempDir Path folder;

  @Test
  void stagingEqualsTheSourceWhateverIsKilled() throws Exception {
    try (SourceServer server = SourceServer.startIn(folder.resolve("source"))) {
      DataSource source = server.create(SOURCE, SEED, ROWS);
      ChangePlan plan = ChangePlan.of(SEED).withRate(CHANGES_PER_SECOND);
      try (SteadyChanges changes = SteadyChanges.start(source, SOURCE, plan)) {
        add(server);
        killInTheSnapshot(server);
        awaitSnapshots();
        Instant streaming = Instant.now();
        killInTheStream(server);
        List<ChangeReport> reports = changes.stop();

        assertThat(reports).as("sessions, with seed %d", SEED).hasSizeGreaterThan(1);
        awaitEqual(source);
        assertStamps(source, streaming);
      }
      riffle.run(0, "cdc", "remove", SOURCE.id(), "--drop-staging");
    }
  }

  private void add(SourceServer server) throws IOException {
    Path password = Files.writeString(folder.resolve("password"), server.password());
    riffle.run(
        0,
        "cdc",
        "add",
        SOURCE.id(),
        "--url",
        server.url(SOURCE),
        "--user",
        Endpoints.POSTGRES_USER,
        "--password-file",
        password.toString(),
        "--tables",
        SampleSource.SCHEMA + ".*",
        "--chunk-rows",
        "1000");
  }

  /** Each time some rows more are there; a snapshot that is over sooner is seen, not waited for. */
  private void killInTheSnapshot(SourceServer server) throws SQLException {
    for (String service : List.of("connect", "cdc-source", "kafka")) {
      awaitMore(SNAPSHOT_ROWS);
      kill(chain.stack(), service);
    }
    awaitMore(SNAPSHOT_ROWS);
    assertThat(open()).as("tables whose snapshots are not over").isPositive();
    kill(server.stack(), SourceServer.POSTGRES);
  }

  private void killInTheStream(SourceServer server) throws SQLException {
    for (String service : List.of("connect", "kafka", SourceServer.POSTGRES, "cdc-source")) {
      awaitStreaming();
      kill(chain.stack(), service);
    }
    awaitStreaming();
    kill(server.stack(), SourceServer.POSTGRES);
    awaitStreaming();
  }

  private static void kill(LocalStack stack, String service) {
    stack.kill(service);
    stack.restart(service);
  }

  private void awaitStreaming() throws SQLException {
    awaitMore("SELECT coalesce(sum(updated), 0) FROM riffle.staging_tables WHERE source = 'qvp'");
  }

  /** Waits for a number to grow. */
  private void awaitMore(String count) throws SQLException {
    long before = chain.number(count);
    await(count)
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(20))
        .ignoreExceptions()
        .until(() -> chain.number(count) > before);
  }

  private void awaitSnapshots() {
    await()
        .atMost(LIMIT)
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(open()).as(this::snapshots).isZero());
  }

  private long open() throws SQLException {
    return chain.number(
        "SELECT 1000 * (1 - least(count(*), 1)) + count(*) FILTER (WHERE state <> 'DONE')"
            + " FROM riffle.cdc_snapshots WHERE source = 'qvp'");
  }

  private void awaitEqual(DataSource source) {
    await("staging to equal the source, seed " + SEED)
        .atMost(LIMIT)
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(comparison(source).differences(SOURCE.tables())).isEmpty());
  }

  private void assertStamps(DataSource source, Instant since) throws SQLException {
    for (String table : SOURCE.tables()) {
      assertThat(comparison(source).commitTimes(table, since, false)).as(table).isEmpty();
    }
  }

  private String snapshots() {
    try {
      return chain.text(
          "SELECT string_agg(s::text, chr(10)) FROM riffle.cdc_snapshots s WHERE source = 'qvp'");
    } catch (SQLException e) {
      return e.getSQLState();
    }
  }

  private StagingComparison comparison(DataSource source) {
    return new StagingComparison(source, SampleSource.SCHEMA, chain.database(), "stg_qvp");
  }
}
