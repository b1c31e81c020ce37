package io.riffle.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestPostgres;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both sources, made and filled in a real server. */
@ExtendWith(PostgresExtension.class)
class SampleSourceTest {

  private static final long ROWS = 400;

  private final TestPostgres postgres;

  SampleSourceTest(TestPostgres postgres) {
    this.postgres = postgres;
  }

  @ParameterizedTest
  @EnumSource
  void everyTableHasItsRows(SampleSource source) throws SQLException {
    TestPostgres database = postgres.another();
    assertThat(source.isIn(database.dataSource())).isFalse();

    source.create(database.dataSource());
    var filled = source.fill(database.dataSource(), 1, ROWS);

    assertThat(source.isIn(database.dataSource())).isTrue();
    assertThat(filled).containsOnlyKeys(source.tables());
    for (String table : source.tables()) {
      assertThat(database.rows("SELECT count(*) FROM " + table))
          .as(table)
          .containsExactly("" + filled.get(table));
    }
  }

  @ParameterizedTest
  @EnumSource
  void theSameSeedGivesTheSameRows(SampleSource source) throws SQLException {
    TestPostgres one = filled(source, 7);
    TestPostgres same = filled(source, 7);
    TestPostgres other = filled(source, 8);

    assertThat(Contents.of(same, source)).isEqualTo(Contents.of(one, source));
    assertThat(Contents.of(other, source)).isNotEqualTo(Contents.of(one, source));
  }

  /** What change data capture must keep: every type once at least, in a keyed table. */
  @Test
  void allTypesOccur() throws SQLException {
    Set<String> types = new TreeSet<>();
    for (SampleSource source : SampleSource.values()) {
      types.addAll(
          filled(source, 1)
              .rows(
                  """
                  SELECT DISTINCT CASE t.typtype WHEN 'e' THEN 'enum' ELSE format_type(t.oid, NULL) END
                    || CASE WHEN a.atttypid = 1700 AND a.atttypmod > 0 THEN '(p,s)' ELSE '' END
                    || CASE WHEN a.attidentity <> '' THEN ' identity' ELSE '' END
                  FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
                  JOIN pg_class c ON c.oid = a.attrelid
                  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
                    AND a.attnum > 0 AND c.relname <> 'rates'
                  """));
    }
    assertThat(types)
        .containsExactlyInAnyOrder(
            "bigint",
            "bigint identity",
            "boolean",
            "bytea",
            "character",
            "character varying",
            "citext",
            "date",
            "double precision",
            "enum",
            "integer",
            "interval",
            "jsonb",
            "numeric",
            "numeric(p,s)",
            "numeric[]",
            "real",
            "smallint",
            "text",
            "text[]",
            "time without time zone",
            "timestamp with time zone",
            "timestamp without time zone",
            "uuid");
  }

  @Test
  void longValuesAreKeptApartFromTheirRows() throws SQLException {
    TestPostgres database = filled(SampleSource.QVP, 1);

    assertThat(database.rows("SELECT min(octet_length(report)) > 2000 FROM verification_requests"))
        .containsExactly("t");
    assertThat(
            database.rows(
                "SELECT pg_relation_size(reltoastrelid) > 1000000 FROM pg_class"
                    + " WHERE relname IN ('verification_requests', 'certificates')"))
        .containsExactly("t", "t");
  }

  /** Nobody's data: reserved names and numbers only. */
  @Test
  void personsAreMadeUp() throws SQLException {
    TestPostgres database = filled(SampleSource.QVP, 3);

    assertThat(database.rows("SELECT count(*) FROM users WHERE email NOT ILIKE '%.invalid'"))
        .containsExactly("0");
    assertThat(
            database.rows("SELECT count(*) FROM users WHERE phone_number !~ '^98555501[0-9]{2}$'"))
        .containsExactly("0");
    assertThat(database.rows("SELECT count(*) > 0 FROM users WHERE first_name = 'Testa'"))
        .containsExactly("t");
  }

  /** Rows of others get keys of their own. */
  @Test
  void identitiesGoOn() throws SQLException {
    TestPostgres database = filled(SampleSource.SVP, 1);

    database.execute(
        "INSERT INTO invoice_lines (invoice_id, line_number, created_at, updated_at)"
            + " VALUES (-1, 1, now(), now());"
            + "INSERT INTO active_storage_blobs (key, filename, service_name, byte_size, created_at)"
            + " VALUES ('k', 'f', 's', 1, now())");

    assertThat(database.rows("SELECT max(id) FROM active_storage_blobs")).containsExactly("201");
  }

  @Test
  void anotherCreationFails() throws SQLException {
    TestPostgres database = filled(SampleSource.SVP, 1);

    assertThatThrownBy(() -> SampleSource.SVP.create(database.dataSource()))
        .isInstanceOf(SQLException.class);
    assertThat(database.rows("SELECT count(*) FROM invoices")).isEqualTo(List.of("" + ROWS));
  }

  private TestPostgres filled(SampleSource source, long seed) throws SQLException {
    TestPostgres database = postgres.another();
    source.create(database.dataSource());
    source.fill(database.dataSource(), seed, ROWS);
    return database;
  }
}
