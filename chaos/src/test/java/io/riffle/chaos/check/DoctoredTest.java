package io.riffle.chaos.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.chaos.check.Finding.Kind;
import io.riffle.chaos.data.ChaosSet;
import io.riffle.chaos.data.SetWriter;
import io.riffle.chaos.reference.Hashing;
import io.riffle.chaos.scenario.Delivery.NewSet;
import io.riffle.infra.generate.GeneratedFile;
import io.riffle.schemas.layout.Layouts;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A database as it ought to be after a load; then something is put wrong, and is found. */
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoctoredTest {

  private static final Layouts LAYOUTS = Layouts.load();
  private static final String MANIFEST = "Incoming/t/1_manifest.xml";

  private final TestPostgres postgres;
  private ChaosSet set;

  DoctoredTest(TestPostgres server) {
    postgres = server.anotherMigrated("ccw");
  }

  @BeforeAll
  void migrate(@TempDir Path folder) throws Exception {
    set = new SetWriter(LAYOUTS, folder, Instant.parse("2026-01-01T00:00:00Z")).write(newSet());
  }

  @BeforeEach
  void load() throws Exception {
    postgres.execute(
        """
        TRUNCATE ccw.partd_events, ccw.carrier_claims, ccw.carrier_claim_lines, ccw.beneficiaries,
          ccw.beneficiary_monthly, ccw.beneficiaries_history, riffle.deleted_keys, riffle.barriers, riffle.sink_totals,
          riffle.file_attempts, riffle.files, riffle.manifests, ccw.s3_manifest_files RESTART IDENTITY CASCADE
        """);
    new LoadedTables(postgres, LAYOUTS).load(set);
    ledger();
  }

  private static NewSet newSet() {
    List<String> types = List.of("BENEFICIARY", "CARRIER", "PDE");
    return new NewSet(Duration.ZERO, 1, types, 0, 30, 0, 30, 2019, 3, false, 7, 3, 5);
  }

  /** One attempt of each file, all records applied, two partitions. */
  private void ledger() {
    postgres.execute(
        "INSERT INTO ccw.s3_manifest_files VALUES (1, '"
            + MANIFEST
            + "', 'COMPLETED', now(), now(), now());"
            + "INSERT INTO riffle.manifests VALUES"
            + " (1, 'b', 'f', 1, 0, 1, 'hash', 'COMPLETED', NULL, NULL, now(), now())");
    for (int i = 0; i < set.files().size(); i++) {
      GeneratedFile file = set.files().get(i);
      postgres.execute(
          String.format(
              """
          INSERT INTO riffle.files (manifest_id, entry_index, file_name, type, merge, s3_key, state, attempt,
              discovered_at, changed_at) VALUES (1, %1$d, '%2$s', 'T', false, 'k%1$d', 'COMPLETED', 1, now(), now());
          INSERT INTO riffle.file_attempts (file_id, attempt, planned_at, closed_at, lines, rows, rejected_rows, records,
              published_records, rejected_by_producer, applied)
            SELECT file_id, 1, now(), now(), %3$d + 1, %3$d, 0, %4$d, %4$d, 0, %4$d FROM riffle.files WHERE s3_key = 'k%1$d';
          INSERT INTO riffle.barriers (file_id, attempt, topic, partition, partitions, expected, applied, older, duplicate,
              parked, rejected)
            SELECT file_id, 1, topic, partition, 2, CASE partition WHEN 0 THEN %4$d ELSE 0 END,
                CASE partition WHEN 0 THEN %4$d ELSE 0 END, 0, 0, 0, 0
              FROM riffle.files, unnest(ARRAY['m', 'p', 'r']) topic, generate_series(0, 1) partition
             WHERE s3_key = 'k%1$d';
          INSERT INTO riffle.sink_totals (file_id, attempt, topic, partition, counted_to, applied)
            SELECT file_id, 1, 'm', 0, 9, %4$d FROM riffle.files WHERE s3_key = 'k%1$d';
          """,
              i, file.name(), file.rows(), file.records()));
    }
  }

  @Test
  void whatIsAsItOughtToBeIsLeftInPeace() throws Exception {
    assertThat(totals()).isEmpty();
    assertThat(tables()).isEmpty();
    assertThat(twice()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "DELETE FROM ccw.partd_events WHERE pde_id = (SELECT min(pde_id) FROM ccw.partd_events);"
            + " LOST; partd_events lacks 1 rows",
        "DELETE FROM ccw.carrier_claim_lines WHERE line_num = 1; LOST; carrier_claim_lines lacks",
        "DELETE FROM ccw.beneficiary_monthly WHERE year_month = '2020-02-01'; LOST;"
            + " beneficiary_monthly lacks",
        "DELETE FROM ccw.beneficiaries_history WHERE bene_history_id ="
            + " (SELECT min(bene_history_id) FROM ccw.beneficiaries_history); LOST;"
            + " beneficiaries_history lacks 1 rows",
        "UPDATE ccw.partd_events SET ptnt_pay_amt = 1 WHERE pde_id ="
            + " (SELECT min(pde_id) FROM ccw.partd_events); DIFFERENT;"
            + " partd_events has 1 rows with other values, in ptnt_pay_amt",
        "UPDATE ccw.beneficiaries SET mbi_hash = 'x' WHERE bene_id ="
            + " (SELECT min(bene_id) FROM ccw.beneficiaries WHERE mbi_hash IS NOT NULL); DIFFERENT;"
            + " beneficiaries has 1 rows with other values, in mbi_hash",
        "UPDATE ccw.carrier_claims SET carr_num = '' WHERE clm_id ="
            + " (SELECT min(clm_id) FROM ccw.carrier_claims); DIFFERENT; in carr_num",
        "UPDATE ccw.partd_events SET pde_id = 5 WHERE pde_id ="
            + " (SELECT min(pde_id) FROM ccw.partd_events); DOUBLED;"
            + " partd_events has 1 rows too many",
      })
  void aTableThatIsNotWhatTheFilesSay(String doctoring, String kind, String what) throws Exception {
    postgres.execute(doctoring);

    assertThat(tables()).anyMatch(f -> f.kind() == Kind.valueOf(kind) && f.what().contains(what));
    assertThat(tables()).noneMatch(f -> f.what().contains("8675309"));
  }

  @Test
  void aFormerIdentityThatIsThereTwice() throws Exception {
    String columns =
        "bene_id, bene_birth_dt, bene_sex_ident_cd, bene_crnt_hic_num, hicn_unhashed, mbi_num,"
            + " mbi_hash, efctv_bgn_dt, efctv_end_dt";
    postgres.execute(
        String.format(
            "INSERT INTO ccw.beneficiaries_history (%1$s, riffle_record) SELECT %1$s, 'again'"
                + " FROM ccw.beneficiaries_history ORDER BY bene_history_id LIMIT 1",
            columns));

    assertThat(tables())
        .extracting(Finding::toString)
        .containsExactly("TablesEqualReference: beneficiaries_history has 1 rows too many");
  }

  @Test
  void aKeyThatIsThereTwice() throws Exception {
    postgres.execute(
        "ALTER TABLE ccw.carrier_claim_lines DROP CONSTRAINT carrier_claim_lines_pkey;"
            + "INSERT INTO ccw.carrier_claim_lines SELECT * FROM ccw.carrier_claim_lines LIMIT 1");
    try {
      assertThat(twice()).extracting(Finding::kind).containsExactly(Kind.DOUBLED);
      assertThat(tables()).extracting(Finding::kind).containsExactly(Kind.DOUBLED);
    } finally {
      postgres.execute(
          "TRUNCATE ccw.carrier_claim_lines;"
              + "ALTER TABLE ccw.carrier_claim_lines ADD PRIMARY KEY (clm_id, line_num)");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "UPDATE riffle.files SET state = 'LOADING' WHERE file_id = 1; is LOADING",
        "UPDATE riffle.file_attempts SET problem = 'p' WHERE file_id = 1; is not closed",
        "UPDATE riffle.file_attempts SET applied = applied - 1 WHERE file_id = 1; outcomes",
        "UPDATE riffle.file_attempts SET older = 1 WHERE file_id = 1; outcomes",
        "UPDATE riffle.file_attempts SET lines = lines + 1 WHERE file_id = 1; lines generated",
        "UPDATE riffle.file_attempts SET records = records - 1 WHERE file_id = 1; records generated",
        "UPDATE riffle.file_attempts SET rejected = 1, applied = applied - 1 WHERE file_id = 1;"
            + " records rejected",
        "DELETE FROM riffle.barriers WHERE file_id = 1 AND topic = 'p' AND partition = 1;"
            + " barriers missing",
        "UPDATE riffle.barriers SET older = 1 WHERE file_id = 1 AND partition = 1; merged",
        "UPDATE riffle.sink_totals SET applied = applied - 1 WHERE file_id = 1; stored",
        "DELETE FROM riffle.sink_totals WHERE file_id = 1; stored",
      })
  void aCountThatIsOff(String doctoring, String what) throws Exception {
    postgres.execute(doctoring);

    assertThat(totals()).isNotEmpty().allMatch(finding -> finding.kind() == Kind.TOTALS);
    assertThat(totals()).anyMatch(finding -> finding.what().contains(what));
  }

  @Test
  void aFileThatTheLedgerDoesNotHave() throws Exception {
    postgres.execute(
        "DELETE FROM riffle.barriers WHERE file_id = 1; DELETE FROM riffle.file_attempts WHERE"
            + " file_id = 1; DELETE FROM riffle.files WHERE file_id = 1");

    assertThat(totals())
        .extracting(Finding::what)
        .containsExactly(MANIFEST + " " + set.files().get(0).name() + " is not in the ledger");
  }

  @Test
  void aRowThatBecomesOlder() throws Exception {
    NewestWins versions = new NewestWins(postgres.dataSource(), "ccw", LAYOUTS);
    assertThat(versions.look()).isEmpty();
    postgres.execute("UPDATE ccw.partd_events SET riffle_offset = riffle_offset + 1");
    assertThat(versions.look()).isEmpty();

    postgres.execute("UPDATE ccw.partd_events SET riffle_offset = riffle_offset - 1");

    assertThat(versions.look()).extracting(Finding::kind).containsExactly(Kind.REGRESSED);
    assertThat(versions.look()).isEmpty();
  }

  @Test
  void aRowThatIsAwayForAWhile() throws Exception {
    NewestWins versions = new NewestWins(postgres.dataSource(), "ccw", LAYOUTS);
    versions.sample();
    postgres.execute("DELETE FROM ccw.carrier_claims");
    versions.sample();
    new LoadedTables(postgres, LAYOUTS).load(set, "CARRIER");

    assertThat(versions.look())
        .extracting(Finding::what)
        .allMatch(what -> what.startsWith("carrier_claims lost "))
        .hasSize(1);
  }

  @Test
  void aRowThatWasDeletedIsNotMissed() throws Exception {
    NewestWins versions = new NewestWins(postgres.dataSource(), "ccw", LAYOUTS);
    versions.sample();
    postgres.execute(
        "INSERT INTO riffle.deleted_keys (type, key, generation, \"offset\")"
            + " SELECT 'PDE', pde_id, riffle_generation, riffle_offset + 1 FROM ccw.partd_events;"
            + "DELETE FROM ccw.partd_events");

    assertThat(versions.look()).isEmpty();
  }

  @Test
  void aValueInALog(@TempDir Path folder) throws Exception {
    Path logs = Files.createDirectory(folder.resolve("logs"));
    Path log = Files.writeString(logs.resolve("connect.log"), "INFO started\n");
    NoValueInLogs check = new NoValueInLogs(logs);
    assertThat(check.look()).isEmpty();

    Files.writeString(log, "INFO started\nDETAIL: Key (clm_id)=(-8675309000042) exists\n");
    assertThat(check.look())
        .extracting(Finding::toString)
        .containsExactly("NoValueInLogs: connect.log shows values in 1 lines");

    Files.move(log, logs.resolve("connect.log.1"));
    assertThat(check.look()).isEmpty();
    assertThat(check.lines()).isEqualTo(2);
  }

  private List<Finding> totals() throws Exception {
    return new TotalsAddUp(postgres.dataSource(), "ccw").look(Map.of(MANIFEST, set));
  }

  private List<Finding> tables() throws Exception {
    return new TablesEqualReference(postgres.dataSource(), "ccw", LAYOUTS, Hashing.USUAL)
        .look(List.of(set));
  }

  private List<Finding> twice() throws Exception {
    return new NoRowTwice(postgres.dataSource(), "ccw", LAYOUTS).look();
  }
}
