package io.riffle.infra.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.riffle.infra.cli.Riffle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rebuilds from the command line that are killed, cancelled or fail while they copy rows. What
 * stops them there is a check of each row, which the new table has from the live one.
 */
@Tag("full")
@Tag("stack")
class RebuildRunIT {
  private static final Duration SOON = Duration.ofMinutes(1);

  /** An advisory lock: while a session has it, no row passes. */
  private static final int GATE = 4711;

  private final Chain chain = Chain.shared();
  private final Replays replays;
  private long first;
  private Path set;
  private String id;
  private Connection gate;

  RebuildRunIT(@TempDir Path folder) {
    replays = new Replays(folder);
  }

  @BeforeEach
  void planOneAndCloseTheGate() throws Exception {
    first = Chain.claimRecords(Replays.RECORDS);
    set = replays.load(first, "PDE");
    alter(
        "ADD CONSTRAINT gate CHECK (pg_advisory_xact_lock_shared(" + GATE + ")::text IS NOT NULL)");
    replays.delete("partd_events", "pde_id", first, 50);
    id = replays.plan("--table", "partd_events", "--mode", "rebuild").get("replay").asText();
    gate = chain.database().getConnection();
    try (Statement statement = gate.createStatement()) {
      statement.execute("SELECT pg_advisory_lock(" + GATE + ")");
    }
  }

  /** Other tests find all rows again. */
  @AfterEach
  void openForGood() throws Exception {
    gate.close();
    alter("DROP CONSTRAINT IF EXISTS gate");
    replays.replay("--table", "partd_events");
  }

  @Test
  void oneThatIsKilledGoesOnWhenItIsRunAgain() throws Exception {
    startUntilItStands().destroyForcibly().waitFor();
    gate.close();
    replays.execute(
        "UPDATE riffle.replays SET beat_at = now() - interval '1 min' WHERE replay_id = " + id);

    JsonNode killed = replays.json("replay", "list").get(0);
    assertThat(Replays.state(killed)).isEqualTo("RUNNING");
    assertThat(killed.get("why").asText()).isEqualTo("LOAD");
    assertThat(killed.get("silent").asBoolean()).isTrue();
    assertThat(replays.cli().run(Riffle.OK, "replay", "show", id).out())
        .contains("no sign of life for 0:01:0");
    assertThat(replays.cli().run(Riffle.NOT_OK, "replay", "drop", id).err())
        .contains("replay " + id + " is RUNNING");
    assertThat(replays.differences("PDE", set)).as("nothing was exchanged").isEqualTo(50);

    JsonNode done = replays.json("replay", "run", id);

    assertThat(Replays.state(done)).isEqualTo("DONE");
    assertThat(done.get("done").asLong()).isEqualTo(done.get("planned").asLong()).isPositive();
    assertThat(replays.differences("PDE", set)).isZero();
    assertThat(schemas("riffle_old_")).isEqualTo(1);
    replays.json("replay", "drop", id);
    assertThat(schemas("riffle_")).isZero();
  }

  @Test
  void oneThatIsCancelledFromAnotherShellLeavesNothing() throws Exception {
    Process run = startUntilItStands();
    assertThat(Replays.state(replays.json("replay", "cancel", id))).isEqualTo("CANCELLED");
    gate.close();
    assertThat(run.waitFor()).isEqualTo(Riffle.NOT_OK);
    assertThat(Files.readString(replays.log()))
        .contains("riffle: replay " + id + ": it was cancelled");
    assertThat(schemas("riffle_rebuild_")).isEqualTo(1);

    assertThat(replays.json("replay", "drop", id).get("dropped").asBoolean()).isTrue();

    assertThat(schemas("riffle_")).isZero();
    assertThat(replays.differences("PDE", set)).as("nothing was exchanged").isEqualTo(50);
    assertThat(replays.cli().run(Riffle.NOT_OK, "replay", "run", id).err()).contains("dropped");
  }

  @Test
  void oneThatHasFailedIsDroppedAsItIs() throws Exception {
    assertThat(replays.cli().run(Riffle.NOT_OK, "replay", "run", id).err())
        .contains("riffle: replay " + id + ": ");
    gate.close();

    assertThat(Replays.state(replays.json("replay", "show", id))).isEqualTo("FAILED");
    assertThat(schemas("riffle_rebuild_")).isEqualTo(1);

    assertThat(replays.json("replay", "drop", id).get("dropped").asBoolean()).isTrue();

    assertThat(schemas("riffle_")).isZero();
    assertThat(replays.cli().run(Riffle.NOT_OK, "replay", "run", id).err()).contains("dropped");
  }

  private Process startUntilItStands() throws Exception {
    Process run = replays.start("replay", "run", id);
    await("the run to stand in its load")
        .atMost(SOON)
        .until(
            () ->
                chain.number(
                        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                            + " AND application_name = 'riffle-rebuild-"
                            + id
                            + "'")
                    > 0);
    return run;
  }

  private void alter(String how) throws SQLException {
    try (Connection connection = chain.database().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER TABLE ccw.partd_events " + how);
    }
  }

  /** Those of this rebuild. */
  private long schemas(String prefix) throws SQLException {
    return chain.number(
        "SELECT count(*) FROM pg_namespace WHERE nspname LIKE '"
            + prefix
            + "%' AND nspname LIKE '%\\_"
            + id
            + "'");
  }
}
