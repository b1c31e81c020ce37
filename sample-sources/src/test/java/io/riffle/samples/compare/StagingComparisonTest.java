package io.riffle.samples.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.samples.SampleSource;
import io.riffle.samples.change.ChangePlan;
import io.riffle.samples.change.ChangeWriter;
import io.riffle.samples.compare.Difference.Kind;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestPostgres;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Staging tables as they should be, with one thing wrong. */
@ExtendWith(PostgresExtension.class)
class StagingComparisonTest {

  private static final SampleSource SOURCE = SampleSource.SVP;

  private final TestPostgres database;
  private final StagingComparison comparison;

  StagingComparisonTest(TestPostgres database) {
    this.database = database;
    this.comparison =
        new StagingComparison(
            database.dataSource(), SampleSource.SCHEMA, database.dataSource(), "stg_svp");
  }

  @BeforeEach
  void equalTables() throws Exception {
    if (!SOURCE.isIn(database.dataSource())) {
      SOURCE.create(database.dataSource());
      SOURCE.fill(database.dataSource(), 1, 100);
      try (ChangeWriter writer =
          ChangeWriter.open(database.dataSource(), SOURCE, ChangePlan.of(1).withExtremes())) {
        writer.write(300);
      }
    }
    database.execute("DROP SCHEMA IF EXISTS stg_svp CASCADE");
    StagingCopy.make(database, SOURCE);
  }

  @Test
  void equalTablesHaveNoDifferences() throws SQLException {
    assertThat(comparison.differences(SOURCE.tables())).isEmpty();
  }

  @Test
  void settingsOfTheDatabaseDoNotMatter() throws SQLException {
    TestPostgres german = database.another();
    String alter = "ALTER DATABASE " + german.database();
    german.execute(alter + " SET datestyle = 'German'");
    german.execute(alter + " SET timezone = 'Asia/Kathmandu'");
    german.execute(alter + " SET intervalstyle = 'iso_8601'");
    german.execute(alter + " SET bytea_output = 'escape'");
    SOURCE.create(german.dataSource());
    SOURCE.fill(german.dataSource(), 1, 100);
    StagingCopy.make(german, SOURCE);
    TestPostgres plain = database.another();
    SOURCE.create(plain.dataSource());
    SOURCE.fill(plain.dataSource(), 1, 100);

    assertThat(
            new StagingComparison(
                    plain.dataSource(), SampleSource.SCHEMA, german.dataSource(), "stg_svp")
                .differences(SOURCE.tables()))
        .isEmpty();
  }

  @Test
  void softDeletedRowsAreNotThere() throws SQLException {
    database.execute(
        "INSERT INTO stg_svp.customers (id, riffle_deleted_at, riffle_epoch, riffle_commit,"
            + " riffle_lsn, riffle_offset) VALUES (999999, now(), 1, 1, 1, 999999)");

    assertThat(comparison.differences("customers")).isEmpty();
  }

  @Test
  void columnsThatTheSourceLostDoNotMatter() throws SQLException {
    database.execute("ALTER TABLE stg_svp.customers ADD COLUMN former text");

    assertThat(comparison.differences("customers")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "customers | | MISSING_ROWS | DELETE FROM stg_svp.customers WHERE ctid = ANY (SELECT ctid"
            + " FROM stg_svp.customers LIMIT 2)",
        "customers | | MISSING_ROWS | UPDATE stg_svp.customers SET riffle_deleted_at ="
            + " riffle_updated_at WHERE ctid = ANY (SELECT ctid FROM stg_svp.customers LIMIT 2)",
        "invoice_lines | | SURPLUS_ROWS | INSERT INTO stg_svp.invoice_lines (invoice_id,"
            + " line_number, riffle_inserted_at, riffle_updated_at, riffle_epoch, riffle_commit,"
            + " riffle_lsn, riffle_offset) SELECT -n, 1, now(), now(), 1, 1, 1, -n + 9999 FROM"
            + " generate_series(1, 2) n",
        "rates | | MISSING_ROWS | DELETE FROM stg_svp.rates WHERE riffle_row <= 2",
        "rates | | SURPLUS_ROWS | INSERT INTO stg_svp.rates SELECT currency, day, rate, origin,"
            + " 9999 + n, riffle_inserted_at, riffle_updated_at, NULL, 1, 1, 1, 9999 + n"
            + " FROM stg_svp.rates, generate_series(1, 2) n WHERE riffle_row = 1",
        "customers | notes | OTHER_VALUE | UPDATE stg_svp.customers SET notes = concat(notes, 'x')"
            + " WHERE ctid = ANY (SELECT ctid FROM stg_svp.customers LIMIT 2)",
        "customers | email | OTHER_VALUE | UPDATE stg_svp.customers SET email = lower(email::text)"
            + " WHERE ctid = ANY (SELECT ctid FROM stg_svp.customers WHERE email::text <>"
            + " lower(email::text) LIMIT 2)",
        "invoices | tax | OTHER_VALUE | UPDATE stg_svp.invoices SET tax = tax * 1.0 WHERE ctid ="
            + " ANY (SELECT ctid FROM stg_svp.invoices WHERE tax::text NOT IN ('NaN', 'Infinity',"
            + " '-Infinity') LIMIT 2)",
        "invoices | memo | OTHER_VALUE | UPDATE stg_svp.invoices SET memo = CASE WHEN memo = '' THEN"
            + " NULL ELSE '' END WHERE ctid = ANY (SELECT ctid FROM stg_svp.invoices WHERE memo IS"
            + " NULL LIMIT 2)",
        "invoices | riffle_inserted_at | WRONG_STAMP | UPDATE stg_svp.invoices SET"
            + " riffle_inserted_at = riffle_updated_at + interval '1s' WHERE ctid = ANY (SELECT ctid"
            + " FROM stg_svp.invoices LIMIT 2)",
        "invoices | riffle_updated_at | WRONG_STAMP | UPDATE stg_svp.invoices SET riffle_updated_at"
            + " = now() + interval '1 day' WHERE ctid = ANY (SELECT ctid FROM stg_svp.invoices LIMIT"
            + " 2)",
        "invoices | riffle_offset | WRONG_STAMP | UPDATE stg_svp.invoices SET riffle_offset = NULL"
            + " WHERE ctid = ANY (SELECT ctid FROM stg_svp.invoices LIMIT 1);"
            + " UPDATE stg_svp.invoices SET riffle_offset = -1 WHERE ctid = (SELECT ctid FROM"
            + " stg_svp.invoices WHERE riffle_offset IS NOT NULL LIMIT 1)",
        "invoices | | SAME_VERSION | UPDATE stg_svp.invoices SET riffle_offset = 7000 WHERE ctid ="
            + " ANY (SELECT ctid FROM stg_svp.invoices LIMIT 2)",
      })
  void rowsThatDifferAreCounted(String table, String column, Kind kind, String wrong)
      throws SQLException {
    database.execute(wrong);

    assertThat(comparison.differences(SOURCE.tables()))
        .containsExactly(new Difference(table, column == null ? "" : column, kind, 2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "invoices | | NO_TABLE | DROP TABLE stg_svp.invoices",
        "invoices | total | NO_COLUMN | ALTER TABLE stg_svp.invoices DROP COLUMN total",
        "invoices | riffle_lsn | NO_COLUMN | ALTER TABLE stg_svp.invoices DROP COLUMN riffle_lsn",
        "invoices | total | OTHER_TYPE | ALTER TABLE stg_svp.invoices ALTER total TYPE"
            + " numeric(14,2)",
        "customers | email | OTHER_TYPE | ALTER TABLE stg_svp.customers ALTER email TYPE text",
        "customers | | OTHER_KEY | ALTER TABLE stg_svp.customers DROP CONSTRAINT customers_pkey",
      })
  void aTableThatDiffersIsNamed(String table, String column, Kind kind, String wrong)
      throws SQLException {
    database.execute(wrong);

    assertThat(comparison.differences(SOURCE.tables()))
        .containsExactly(new Difference(table, column == null ? "" : column, kind, 0));
  }

  /** By a second: too late is always wrong, too early where each change changed a value. */
  @ParameterizedTest
  @CsvSource({"0, 0, 0", "0.0009, 0, 0", "1, 2, 2", "-1, 0, 2"})
  void stampsAreHeldAgainstTheCommits(String seconds, long wrong, long exactlyWrong)
      throws SQLException {
    database.execute(
        "UPDATE stg_svp.invoice_lines s SET riffle_updated_at ="
            + " (SELECT pg_xact_commit_timestamp(xmin) FROM public.invoice_lines l"
            + " WHERE l.invoice_id = s.invoice_id AND l.line_number = s.line_number)");
    database.execute(
        "UPDATE stg_svp.invoice_lines SET riffle_updated_at = riffle_updated_at + interval '"
            + seconds
            + " s' WHERE invoice_id = 1 AND line_number <= 2");

    assertThat(rows(comparison.commitTimes("invoice_lines", Instant.EPOCH, false)))
        .isEqualTo(wrong);
    assertThat(rows(comparison.commitTimes("invoice_lines", Instant.EPOCH, true)))
        .isEqualTo(exactlyWrong);
    assertThat(comparison.commitTimes("invoice_lines", Instant.now().plusSeconds(60), true))
        .isEmpty();
  }

  private static long rows(List<Difference> differences) {
    return differences.stream().mapToLong(Difference::rows).sum();
  }

  @Test
  void noTextOfADifferenceHasAValue() throws SQLException {
    database.execute("UPDATE stg_svp.customers SET last_name = 'Secret'");

    List<Difference> differences = comparison.differences("customers");

    assertThat(differences.toString())
        .startsWith("[customers.last_name: OTHER_VALUE in ")
        .doesNotContain("Secret", "Musterbeispiel");
  }
}
