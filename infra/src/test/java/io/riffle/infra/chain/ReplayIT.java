package io.riffle.infra.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.riffle.infra.cli.Riffle;
import io.riffle.infra.generate.DataSetGenerator;
import io.riffle.infra.generate.GenerateRequest;
import io.riffle.infra.ledger.FileStatus;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that are deleted and changed behind the chain's back, and brought back by replays. */
@Tag("full")
@Tag("stack")
class ReplayIT {
  private static final int RECORDS = 400;
  private static final Duration SOON = Duration.ofMinutes(1);
  private static final String PDE_FILE = "pde_1.csv";

  private final Chain chain = Chain.shared();
  private final Cli cli = new Cli(chain.stack().home());
  @TempDir Path folder;

  @Test
  void tablesAreWhatTheyWereByTableFileKeyAndTime() throws Exception {
    long first = Chain.claimRecords(RECORDS);
    Path set = load(first, "CARRIER", "PDE");

    delete("carrier_claim_lines", "clm_id", first, 50);
    delete("carrier_claims", "clm_id", first, 40);
    execute(
        "UPDATE ccw.carrier_claims SET clm_pmt_amt = 1, carr_clm_cntl_num = 'x' WHERE "
            + between("clm_id", first + 100, 20));
    execute(
        "UPDATE ccw.carrier_claim_lines SET line_ndc_cd = '0' WHERE "
            + between("clm_id", first + 150, 20));
    assertThat(differences("CARRIER", set)).isPositive();
    replay("--table", "carrier_claim_lines", "--force");
    assertThat(differences("CARRIER", set)).isZero();

    delete("partd_events", "pde_id", first, RECORDS);
    JsonNode byFile = replay("--file", key(set));
    assertThat(differences("PDE", set)).isZero();
    assertThat(byFile.get("keys").asLong()).isEqualTo(RECORDS);
    assertThat(byFile.get("written").asLong()).isEqualTo(RECORDS);

    long one = GenerateRequest.key(first + 7);
    delete("partd_events", "pde_id", first + 6, 3);
    JsonNode byKey = replay("--type", "PDE", "--key", Long.toString(one));
    assertThat(byKey.get("written").asLong()).isEqualTo(1);
    assertThat(differences("PDE", set)).isEqualTo(2);

    replay("--topic", "main.merged.pde", "--by-duration", "1h");
    assertThat(differences("PDE", set)).isZero();
    JsonNode list = json("replay", "list");
    assertThat(list).hasSizeGreaterThanOrEqualTo(4);
    for (int newest = 0; newest < 4; newest++) {
      assertThat(state(list.get(newest))).isEqualTo("DONE");
    }
    assertThat(json("replay", "show", list.get(0).get("replay").asText()).get("ranges"))
        .isNotEmpty();
  }

  /** Partition 0 is done, and the process stands in the transaction of the next one. */
  @Test
  void aRunThatIsKilledGoesOnWhereItWas() throws Exception {
    long first = Chain.claimRecords(RECORDS);
    Path set = load(first, "PDE");
    long stuck = onPartition(1, first);
    long replay;
    try (Connection other = chain.database().getConnection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute(
          "CREATE TEMP TABLE kept AS SELECT * FROM ccw.partd_events WHERE pde_id = " + stuck);
      other.commit();
      delete("partd_events", "pde_id", first, RECORDS);
      statement.execute("INSERT INTO ccw.partd_events SELECT * FROM kept");
      replay = plan("--file", key(set)).get("replay").asLong();

      Process run = start("replay", "run", Long.toString(replay));
      await("the run to wait for a row")
          .atMost(SOON)
          .until(() -> number("rows_written", replay) > 0 && isStuck());
      run.destroyForcibly().waitFor();
      other.rollback();
    }
    long written = number("rows_written", replay);
    assertThat(written).isLessThan(RECORDS);
    assertThat(state(json("replay", "show", Long.toString(replay)))).isEqualTo("RUNNING");

    JsonNode done = json("replay", "run", Long.toString(replay));

    assertThat(state(done)).isEqualTo("DONE");
    assertThat(done.get("written").asLong()).as("nothing twice").isEqualTo(RECORDS);
    assertThat(done.get("kept").asLong()).isZero();
    assertThat(differences("PDE", set)).isZero();
  }

  @Test
  void aFileIsReadAgainAsANewAttempt() throws Exception {
    long first = Chain.claimRecords(RECORDS);
    Path set = load(first, "PDE");

    JsonNode done = replay("--file", key(set), "--reingest");

    assertThat(state(done)).isEqualTo("DONE");
    FileStatus file = chain.load(set).get(0);
    assertThat(file.state()).isEqualTo("COMPLETED");
    assertThat(file.totals().orElseThrow().attempt()).isEqualTo(2);
    assertThat(file.totals().orElseThrow().duplicate()).isEqualTo(RECORDS);
    assertThat(differences("PDE", set)).isZero();
  }

  @Test
  void aRebuildHasWhatIsOnTheTopicAndNothingElse() throws Exception {
    long first = Chain.claimRecords(RECORDS);
    Path set = load(first, "CARRIER");
    delete("carrier_claim_lines", "clm_id", first, 50);
    execute(
        "UPDATE ccw.carrier_claims SET clm_pmt_amt = 1, riffle_offset = 1000000000 WHERE "
            + between("clm_id", first + 100, 20));

    JsonNode done = replay("--table", "carrier_claims", "--mode", "rebuild");

    assertThat(state(done)).isEqualTo("DONE");
    assertThat(differences("CARRIER", set)).isZero();
    String id = done.get("replay").asText();
    String old = "SELECT count(*) FROM pg_namespace WHERE nspname = 'riffle_old_" + id + "'";
    assertThat(chain.number(old)).isEqualTo(1);
    assertThat(json("replay", "drop", id).get("dropped").asBoolean()).isTrue();
    assertThat(chain.number(old)).isZero();
  }

  @Test
  void cancelledOrUnknownOnesAreNotRun() throws Exception {
    Path set = load(Chain.claimRecords(RECORDS), "PDE");
    String replay = plan("--file", key(set)).get("replay").asText();

    assertThat(state(json("replay", "cancel", replay))).isEqualTo("CANCELLED");
    assertThat(cli.run(Riffle.NOT_OK, "replay", "run", replay).err()).contains("cancelled");
    assertThat(json("replay", "drop", replay).get("dropped").asBoolean()).isTrue();
    assertThat(cli.run(Riffle.NOT_OK, "replay", "run", "999999").err())
        .contains("there is no replay 999999");
    assertThat(cli.run(Riffle.NOT_OK, "replay", "plan", "--table", "teeth").err())
        .contains("there is no table of record teeth");
    assertThat(cli.run(Riffle.OK, "replay", "plan", "--table", "partd_events").out())
        .contains("cannot be undone:", "Nothing was changed. To run it: ./riffle replay run ");
  }

  private Path load(long first, String... types) throws Exception {
    Path set = folder.resolve("set-" + first);
    new DataSetGenerator(Chain.request(List.of(types), first, RECORDS)).write(set);
    assertThat(chain.load(set)).allMatch(file -> file.state().equals("COMPLETED"));
    for (String type : types) {
      assertThat(differences(type, set)).isZero();
    }
    return set;
  }

  private long differences(String type, Path set) throws Exception {
    String name = type.equals("PDE") ? PDE_FILE : "carrier_1.csv";
    return chain.differences(type, set.resolve(name), Optional.empty());
  }

  /** The S3 key of a set's PDE file, as only one test has it. */
  private String key(Path set) throws Exception {
    return chain.text(
        "SELECT f.s3_key FROM riffle.files f JOIN ccw.s3_manifest_files m USING (manifest_id)"
            + " WHERE f.file_name = '"
            + PDE_FILE
            + "' AND m.s3_key = '"
            + chain.load().upload(set).get(0)
            + "'");
  }

  private JsonNode replay(String... words) throws Exception {
    return json("replay", "run", plan(words).get("replay").asText());
  }

  private JsonNode plan(String... words) throws Exception {
    List<String> line = new ArrayList<>(List.of("replay", "plan"));
    line.addAll(List.of(words));
    return json(line.toArray(String[]::new));
  }

  private JsonNode json(String... words) throws Exception {
    List<String> line = new ArrayList<>(List.of("-o", "json"));
    line.addAll(List.of(words));
    return new ObjectMapper().readTree(cli.run(Riffle.OK, line.toArray(String[]::new)).out());
  }

  private static String state(JsonNode replay) {
    return replay.get("state").asText();
  }

  private Process start(String... words) throws Exception {
    List<String> line = new ArrayList<>();
    line.add(ProcessHandle.current().info().command().orElseThrow());
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), Riffle.class.getName()));
    line.addAll(List.of("--home", chain.stack().home().toString()));
    line.addAll(List.of(words));
    File log = folder.resolve("run.log").toFile();
    return new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log).start();
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

  private void delete(String table, String key, long first, int records) throws SQLException {
    execute("DELETE FROM ccw." + table + " WHERE " + between(key, first, records));
  }

  /** Keys are negative, and go down. */
  private static String between(String key, long first, int records) {
    return "%s BETWEEN %d AND %d"
        .formatted(key, GenerateRequest.key(first + records - 1), GenerateRequest.key(first));
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = chain.database().getConnection();
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(sql)).isPositive();
    }
  }
}
