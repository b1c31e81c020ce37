package io.riffle.infra.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.riffle.infra.cli.Riffle;
import io.riffle.infra.generate.GenerateRequest;
import io.riffle.operations.ledger.FileStatus;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that are deleted and changed behind the chain's back, and brought back by replays. */
@Tag("full")
@Tag("stack")
class ReplayIT {
  private static final int RECORDS = Replays.RECORDS;
  private static final Duration SOON = Duration.ofMinutes(1);

  private final Chain chain = Chain.shared();
  private final Replays replays;

  ReplayIT(@TempDir Path folder) {
    replays = new Replays(folder);
  }

  @Test
  void tablesAreWhatTheyWereByTableFileKeyAndTime() throws Exception {
    long first = Chain.claimRecords(RECORDS);
    Path set = replays.load(first, "CARRIER", "PDE");

    replays.delete("carrier_claim_lines", "clm_id", first, 50);
    replays.delete("carrier_claims", "clm_id", first, 40);
    replays.execute(
        "UPDATE ccw.carrier_claims SET clm_pmt_amt = 1, carr_clm_cntl_num = 'x' WHERE "
            + Replays.between("clm_id", first + 100, 20));
    replays.execute(
        "UPDATE ccw.carrier_claim_lines SET line_ndc_cd = '0' WHERE "
            + Replays.between("clm_id", first + 150, 20));
    assertThat(replays.differences("CARRIER", set)).isPositive();
    replays.replay("--table", "carrier_claim_lines", "--force");
    assertThat(replays.differences("CARRIER", set)).isZero();

    replays.delete("partd_events", "pde_id", first, RECORDS);
    JsonNode byFile = replays.replay("--file", key(set));
    assertThat(replays.differences("PDE", set)).isZero();
    assertThat(byFile.get("keys").asLong()).isEqualTo(RECORDS);
    assertThat(byFile.get("written").asLong()).isEqualTo(RECORDS);

    long one = GenerateRequest.key(first + 7);
    replays.delete("partd_events", "pde_id", first + 6, 3);
    JsonNode byKey = replays.replay("--type", "PDE", "--key", Long.toString(one));
    assertThat(byKey.get("written").asLong()).isEqualTo(1);
    assertThat(replays.differences("PDE", set)).isEqualTo(2);

    replays.replay("--topic", "main.merged.pde", "--by-duration", "1h");
    assertThat(replays.differences("PDE", set)).isZero();
    JsonNode list = replays.json("replay", "list");
    assertThat(list).hasSizeGreaterThanOrEqualTo(4);
    for (int newest = 0; newest < 4; newest++) {
      assertThat(Replays.state(list.get(newest))).isEqualTo("DONE");
    }
    assertThat(replays.json("replay", "show", list.get(0).get("replay").asText()).get("ranges"))
        .isNotEmpty();
  }

  /** Partition 0 is done, and the process stands in the transaction of the next one. */
  @Test
  void aRunThatIsKilledGoesOnWhereItWas() throws Exception {
    long first = Chain.claimRecords(RECORDS);
    Path set = replays.load(first, "PDE");
    long stuck = onPartition(1, first);
    long replay;
    try (Connection other = chain.database().getConnection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute(
          "CREATE TEMP TABLE kept AS SELECT * FROM ccw.partd_events WHERE pde_id = " + stuck);
      other.commit();
      replays.delete("partd_events", "pde_id", first, RECORDS);
      statement.execute("INSERT INTO ccw.partd_events SELECT * FROM kept");
      replay = replays.plan("--file", key(set)).get("replay").asLong();

      Process run = replays.start("replay", "run", Long.toString(replay));
      await("the run to wait for a row")
          .atMost(SOON)
          .until(() -> number("rows_written", replay) > 0 && isStuck());
      run.destroyForcibly().waitFor();
      other.rollback();
    }
    long written = number("rows_written", replay);
    assertThat(written).isLessThan(RECORDS);
    assertThat(Replays.state(replays.json("replay", "show", Long.toString(replay))))
        .isEqualTo("RUNNING");

    JsonNode done = replays.json("replay", "run", Long.toString(replay));

    assertThat(Replays.state(done)).isEqualTo("DONE");
    assertThat(done.get("written").asLong()).as("nothing twice").isEqualTo(RECORDS);
    assertThat(done.get("kept").asLong()).isZero();
    assertThat(replays.differences("PDE", set)).isZero();
  }

  @Test
  void aFileIsReadAgainAsANewAttempt() throws Exception {
    long first = Chain.claimRecords(RECORDS);
    Path set = replays.load(first, "PDE");

    JsonNode done = replays.replay("--file", key(set), "--reingest");

    assertThat(Replays.state(done)).isEqualTo("DONE");
    FileStatus file = chain.load(set).get(0);
    assertThat(file.state()).isEqualTo("COMPLETED");
    assertThat(file.totals().orElseThrow().attempt()).isEqualTo(2);
    assertThat(file.totals().orElseThrow().duplicate()).isEqualTo(RECORDS);
    assertThat(replays.differences("PDE", set)).isZero();
  }

  @Test
  void aRebuildHasWhatIsOnTheTopicAndNothingElse() throws Exception {
    long first = Chain.claimRecords(RECORDS);
    Path set = replays.load(first, "CARRIER");
    replays.delete("carrier_claim_lines", "clm_id", first, 50);
    replays.execute(
        "UPDATE ccw.carrier_claims SET clm_pmt_amt = 1, riffle_offset = 1000000000 WHERE "
            + Replays.between("clm_id", first + 100, 20));

    JsonNode done = replays.replay("--table", "carrier_claims", "--mode", "rebuild");

    assertThat(Replays.state(done)).isEqualTo("DONE");
    assertThat(replays.differences("CARRIER", set)).isZero();
    String id = done.get("replay").asText();
    String old = "SELECT count(*) FROM pg_namespace WHERE nspname = 'riffle_old_" + id + "'";
    assertThat(chain.number(old)).isEqualTo(1);
    assertThat(replays.json("replay", "drop", id).get("dropped").asBoolean()).isTrue();
    assertThat(chain.number(old)).isZero();
  }

  @Test
  void cancelledOrUnknownOnesAreNotRun() throws Exception {
    Path set = replays.load(Chain.claimRecords(RECORDS), "PDE");
    String replay = replays.plan("--file", key(set)).get("replay").asText();

    assertThat(Replays.state(replays.json("replay", "cancel", replay))).isEqualTo("CANCELLED");
    assertThat(replays.cli().run(Riffle.NOT_OK, "replay", "run", replay).err())
        .contains("cancelled");
    assertThat(replays.json("replay", "drop", replay).get("dropped").asBoolean()).isTrue();
    assertThat(replays.cli().run(Riffle.NOT_OK, "replay", "run", "999999").err())
        .contains("there is no replay 999999");
    assertThat(replays.cli().run(Riffle.NOT_OK, "replay", "plan", "--table", "teeth").err())
        .contains("there is no table of record teeth");
    assertThat(replays.cli().run(Riffle.OK, "replay", "plan", "--table", "partd_events").out())
        .contains("cannot be undone:", "Nothing was changed. To run it: ./riffle replay run ");
  }

  /** The S3 key of a set's PDE file, as only one test has it. */
  private String key(Path set) throws Exception {
    return chain.text(
        "SELECT f.s3_key FROM riffle.files f JOIN ccw.s3_manifest_files m USING (manifest_id)"
            + " WHERE f.file_name = '"
            + Replays.PDE_FILE
            + "' AND m.s3_key = '"
            + chain.load().upload(set).get(0)
            + "'");
  }

  private static long onPartition(int partition, long first) {
    long partitions = Chain.LAYOUTS.get("PDE").partitions();
    long record = first;
    while (Utils.toPositive(Utils.murmur2(text(GenerateRequest.key(record)))) % partitions
        != partition) {
      record++;
    }
    return GenerateRequest.key(record);
  }

  private static byte[] text(long key) {
    return Long.toString(key).getBytes(StandardCharsets.US_ASCII);
  }

  private long number(String column, long replay) throws SQLException {
    return chain.number("SELECT " + column + " FROM riffle.replays WHERE replay_id = " + replay);
  }

  private boolean isStuck() throws SQLException {
    return chain.number(
            "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'riffle-replay-%'"
                + " AND wait_event_type = 'Lock'")
        > 0;
  }
}
