package io.riffle.samples.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.riffle.samples.Contents;
import io.riffle.samples.SampleSource;
import io.riffle.samples.change.SchemaChange.Kind;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestPostgres;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Changes of real tables; what the server logs of them is read with its test decoder's kin. */
@ExtendWith(PostgresExtension.class)
class ChangeWriterTest {

  private static final int ROWS = 100;
  private static final int CHANGES = 800;

  private static final String RUNS =
      "SELECT count(*) FROM pg_class WHERE relname = 'change_writers'";

  private final TestPostgres postgres;

  ChangeWriterTest(TestPostgres postgres) {
    this.postgres = postgres;
  }

  @ParameterizedTest
  @EnumSource
  void theSameSeedGivesTheSameChanges(SampleSource source) throws Exception {
    TestPostgres one = filled(source);
    TestPostgres same = filled(source);
    TestPostgres other = filled(source);

    ChangeReport first = write(one, source, ChangePlan.of(5));
    ChangeReport second = write(same, source, ChangePlan.of(5));
    write(other, source, ChangePlan.of(6));

    assertThat(second.changes()).isEqualTo(first.changes());
    assertThat(Contents.of(same, source)).isEqualTo(Contents.of(one, source));
    assertThat(Contents.of(other, source)).isNotEqualTo(Contents.of(one, source));
  }

  @ParameterizedTest
  @EnumSource
  void everyKindOccursAndTransactionsOverlap(SampleSource source) throws Exception {
    ChangeReport report = write(filled(source), source, ChangePlan.of(1));

    for (ChangeKind kind : ChangeKind.values()) {
      assertThat(report.count(kind) > 0).as(kind.name()).isEqualTo(kind != ChangeKind.TRUNCATE);
    }
    assertThat(report.count(ChangeKind.UPDATE)).isGreaterThan(CHANGES / 5);
    assertThat(report.longest()).isGreaterThan(30);
    assertThat(report.mostOpen()).isEqualTo(3);
    assertThat(report.rolledBack()).isPositive();
    assertThat(report.total()).isBetween(CHANGES / 2L, (long) CHANGES);
  }

  /** The report counts what is in the tables, not what was tried. */
  @Test
  void theCountsAreThoseOfTheTables() throws Exception {
    TestPostgres database = filled(SampleSource.SVP);
    Map<String, Long> before = rows(database, SampleSource.SVP);

    ChangeReport report = write(database, SampleSource.SVP, ChangePlan.of(2));

    Map<String, Long> after = rows(database, SampleSource.SVP);
    report
        .changes()
        .forEach(
            (table, kinds) ->
                assertThat(after.get(table))
                    .as(table)
                    .isEqualTo(
                        before.get(table)
                            + kinds.getOrDefault(ChangeKind.INSERT, 0L)
                            + kinds.getOrDefault(ChangeKind.REINSERT, 0L)
                            - kinds.getOrDefault(ChangeKind.DELETE, 0L)));
  }

  /** What a replication slot sees: the server decodes what the writer has committed. */
  @Test
  void theLogHasInterleavedTransactionsAndUnchangedLongValues() throws Exception {
    TestPostgres database = filled(SampleSource.QVP);
    database.execute("CREATE PUBLICATION all_of_it FOR ALL TABLES");
    database.rows("SELECT pg_create_logical_replication_slot('look', 'pgoutput')");

    write(database, SampleSource.QVP, ChangePlan.of(3));

    List<String> kinds =
        database.rows(
            "SELECT chr(get_byte(data, 0)) || CASE WHEN chr(get_byte(data, 0)) = 'U'"
                + " AND position('\\x75'::bytea IN data) > 0 THEN 'u' ELSE '' END"
                + " FROM pg_logical_slot_get_binary_changes('look', NULL, NULL,"
                + " 'proto_version', '1', 'publication_names', 'all_of_it')");
    assertThat(kinds).contains("B", "C", "I", "U", "Uu", "D");
    database.rows("SELECT pg_drop_replication_slot('look')");
  }

  @Test
  void aLaterWriterOfTheSameSeedMakesOtherChanges() throws Exception {
    TestPostgres database = filled(SampleSource.QVP);
    write(database, SampleSource.QVP, ChangePlan.of(4));
    long before = rows(database, SampleSource.QVP).get("file_storage");

    ChangeReport report = write(database, SampleSource.QVP, ChangePlan.of(4));

    assertThat(report.count(ChangeKind.INSERT)).isPositive();
    assertThat(rows(database, SampleSource.QVP).get("file_storage")).isGreaterThan(before);
  }

  @Test
  void columnsAreAddedWidenedRenamedAndDropped() throws Exception {
    TestPostgres database = filled(SampleSource.SVP);
    String columns =
        "SELECT count(*) FROM information_schema.columns WHERE table_schema = 'public'";
    long before = Long.parseLong(database.rows(columns).get(0));

    ChangeReport report = write(database, SampleSource.SVP, ChangePlan.of(1).withSchemaChanges(9));

    List<Kind> kinds = report.schemaChanges().stream().map(SchemaChange::kind).toList();
    assertThat(kinds).hasSize(9).startsWith(Kind.ADD).contains(Kind.values());
    long added = kinds.stream().filter(kind -> kind == Kind.ADD).count();
    long dropped = kinds.stream().filter(kind -> kind == Kind.DROP).count();
    assertThat(database.rows(columns)).containsExactly("" + (before + added - dropped));
    for (SchemaChange change : report.schemaChanges()) {
      assertThat(SampleSource.SVP.tables()).contains(change.table());
    }
  }

  /** Deleted rows of the table may come back by their keys. */
  @Test
  void aTableIsEmptiedInTheMiddle() throws Exception {
    TestPostgres database = filled(SampleSource.SVP);

    ChangeReport report =
        write(database, SampleSource.SVP, ChangePlan.of(1).withTruncate("invoices"));

    assertThat(report.changes().get("invoices")).containsEntry(ChangeKind.TRUNCATE, 1L);
    assertThat(report.count(ChangeKind.TRUNCATE)).isEqualTo(1);
    assertThat(rows(database, SampleSource.SVP).get("invoices")).isBetween(1L, (long) CHANGES);
  }

  @Test
  void aTableThatIsNoneIsSaid() throws Exception {
    TestPostgres database = filled(SampleSource.SVP);

    assertThatThrownBy(
            () -> write(database, SampleSource.SVP, ChangePlan.of(1).withTruncate("nothing")))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("there is no table nothing");
  }

  @Test
  void extremesComeOnlyWhenAskedFor() throws Exception {
    String sql = "SELECT count(*) > 0 FROM invoices WHERE paid_at IN ('infinity', '-infinity')";
    TestPostgres usual = filled(SampleSource.SVP);
    TestPostgres extreme = filled(SampleSource.SVP);

    write(usual, SampleSource.SVP, ChangePlan.of(1));
    write(extreme, SampleSource.SVP, ChangePlan.of(1).withExtremes());

    assertThat(usual.rows(sql)).containsExactly("f");
    assertThat(extreme.rows(sql)).containsExactly("t");
  }

  /** Neither are keys alone a hindrance, nor names that SQL wants quoted, nor another schema. */
  @Test
  void anyTableWillDo() throws Exception {
    TestPostgres database = postgres.another();
    database.execute(
        "CREATE SCHEMA \"Odd\"; CREATE TABLE \"Odd\".\"Keys Only\" (\"The Key\" bigint PRIMARY KEY);"
            + "CREATE TABLE \"Odd\".plain (id uuid PRIMARY KEY, \"select\" json)");
    List<String> tables = List.of("Keys Only", "plain");
    try (ChangeWriter writer =
        ChangeWriter.open(database.dataSource(), "Odd", tables, ChangePlan.of(1))) {
      assertThat(writer.write(CHANGES).changes()).containsOnlyKeys(tables);
    }
    assertThat(database.rows("SELECT count(*) > 0 FROM \"Odd\".\"Keys Only\""))
        .containsExactly("t");
  }

  @Test
  void theRateIsKept() throws Exception {
    TestPostgres database = filled(SampleSource.SVP);
    try (ChangeWriter writer =
        ChangeWriter.open(
            database.dataSource(), SampleSource.SVP, ChangePlan.of(1).withRate(200))) {
      assertThat(writer.write(100).seconds()).isGreaterThan(0.45);
    }
  }

  @Test
  void aSteadyWriterGoesOnWhenItsSessionsAreEnded() throws Exception {
    TestPostgres database = filled(SampleSource.QVP);
    try (SteadyChanges changes =
        SteadyChanges.start(
            database.dataSource(), SampleSource.QVP, ChangePlan.of(1).withRate(500))) {
      String end =
          "SELECT count(pg_terminate_backend(pid)) > 0 FROM pg_stat_activity"
              + " WHERE datname = current_database() AND pid <> pg_backend_pid()"
              + " AND application_name NOT LIKE 'psql%'";
      await().until(() -> database.rows(RUNS), List.of("1")::equals);
      await().until(() -> database.rows(end), List.of("t")::equals);
      await().until(() -> changes.lastFailure() != null);
      await().until(() -> database.rows(committedSince()), List.of("t")::equals);

      List<ChangeReport> reports = changes.stop();

      assertThat(reports).hasSizeGreaterThan(1);
      assertThat(reports.get(reports.size() - 1).committed()).isPositive();
    }
  }

  @Test
  void aSteadyWriterTellsWhatItHasWrittenAndEndsAtOnce() throws Exception {
    TestPostgres database = filled(SampleSource.SVP);
    Instant before = Instant.now();
    SteadyChanges changes =
        SteadyChanges.start(
            database.dataSource(),
            SampleSource.SVP,
            List.of("customers"),
            ChangePlan.of(1).withRate(100));
    try (changes) {
      await().until(() -> changes.written() > 20);
    }

    assertThat(changes.awaitEnd(Duration.ofSeconds(10))).isTrue();
    assertThat(changes.lastCommit()).hasValueSatisfying(at -> assertThat(at).isAfter(before));
    ChangeReport report = changes.stop().get(0);
    assertThat(report.changes()).containsOnlyKeys("customers");
    assertThat(changes.written()).isEqualTo(report.total());
  }

  /** A later writer's stamps are a million seconds after those of the first. */
  private static String committedSince() {
    return "SELECT count(*) > 0 FROM users WHERE updated_at > '2026-01-20'";
  }

  /** Updates that are asked for mostly leave long values alone: their texts are as filled. */
  @Test
  void mostUpdatesLeaveLongValuesAlone() throws Exception {
    TestPostgres database = filled(SampleSource.QVP);
    database.execute("CREATE TABLE reports AS SELECT id, report FROM verification_requests");

    write(database, SampleSource.QVP, ChangePlan.of(9));

    assertThat(
            database.rows(
                "SELECT count(*) FILTER (WHERE r.report IS NOT DISTINCT FROM n.report)"
                    + " > 2 * count(*) FILTER (WHERE r.report IS DISTINCT FROM n.report),"
                    + " count(*) FILTER (WHERE r.report IS DISTINCT FROM n.report) > 0"
                    + " FROM reports r JOIN verification_requests n USING (id)"
                    + " WHERE n.updated_at > '2026-01-10'"))
        .containsExactly("t|t");
  }

  /** Every kind that the report counts was really made: seen by comparing keys before and after. */
  @Test
  void movedKeysAreGone() throws Exception {
    TestPostgres database = filled(SampleSource.SVP);
    Mix moves = new Mix(1, 0, 0, 0, 30, 0, 0);

    ChangeReport report =
        write(database, SampleSource.SVP, ChangePlan.of(1).withMix(moves).withSessions(1, 1));

    assertThat(report.count(ChangeKind.UPDATE_KEY)).isGreaterThan(CHANGES / 2);
    assertThat(database.rows("SELECT count(*) < 20 FROM customers WHERE id <= 50"))
        .containsExactly("t");
  }

  private static ChangeReport write(TestPostgres database, SampleSource source, ChangePlan plan)
      throws Exception {
    try (ChangeWriter writer = ChangeWriter.open(database.dataSource(), source, plan)) {
      return writer.write(CHANGES);
    }
  }

  private static Map<String, Long> rows(TestPostgres database, SampleSource source) {
    Map<String, Long> rows = new TreeMap<>();
    for (String table : source.tables()) {
      rows.put(table, Long.parseLong(database.rows("SELECT count(*) FROM " + table).get(0)));
    }
    return rows;
  }

  private TestPostgres filled(SampleSource source) throws SQLException {
    TestPostgres database = postgres.another();
    source.create(database.dataSource());
    source.fill(database.dataSource(), 1, ROWS);
    return database;
  }
}
