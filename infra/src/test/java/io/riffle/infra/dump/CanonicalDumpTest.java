package io.riffle.infra.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.schemas.layout.Layouts;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The dump of a real database that spells, sorts and compares as unhelpfully as it can. */
@ExtendWith(PostgresExtension.class)
class CanonicalDumpTest {

  private static final String TABLES =
      """
      DROP SCHEMA IF EXISTS ccw CASCADE;
      CREATE SCHEMA ccw;
      CREATE TABLE ccw.claims (
        z_amount numeric, clm_id bigint, name text COLLATE "de-x-icu", flag char(1),
        day date, riffle_offset bigint, last_updated timestamptz DEFAULT now(),
        "Odd" text, PRIMARY KEY (clm_id));
      CREATE TABLE ccw.claim_lines (
        line_num smallint, clm_id bigint, code text, PRIMARY KEY (clm_id, line_num));
      CREATE TABLE ccw.codes (code text COLLATE "de-x-icu" PRIMARY KEY);
      CREATE TABLE ccw.history (
        bene_history_id bigint PRIMARY KEY, mbi_num text COLLATE "de-x-icu", bene_id bigint);
      CREATE TABLE ccw.empty (clm_id bigint PRIMARY KEY);
      """;

  private final TestPostgres postgres;
  private final CanonicalDump dump;
  @TempDir Path folder;

  CanonicalDumpTest(TestPostgres postgres) {
    this.postgres = postgres;
    this.dump = new CanonicalDump(postgres.dataSource(), "ccw");
  }

  @BeforeEach
  void tables() {
    String database = "ALTER DATABASE " + postgres.database();
    postgres.execute(database + " SET datestyle = 'German'");
    postgres.execute(database + " SET timezone = 'Asia/Kathmandu'");
    postgres.execute(database + " SET extra_float_digits = -10");
    postgres.execute(TABLES);
  }

  @Test
  void everyOddValueHasOneSpelling() throws Exception {
    postgres.execute(
        """
        INSERT INTO ccw.claims (clm_id, z_amount, name, flag, day, riffle_offset, "Odd") VALUES
          (10, 1.50, '', ' ', '2020-02-03', 7, NULL),
          (9, 1.500, NULL, NULL, NULL, 8, 'back\\slash'),
          (-1, 0, 'say "hi", Jürgen', 'ß', '0001-01-01 BC', 9, '  '),
          (-2, -100, E'two\\nlines\\r\\n', ',', '9999-12-31', 9, 'a|b')""");

    dump.write(List.of("claims"), folder);

    assertThat(text("claims"))
        .isEqualTo(
            """
            Odd,clm_id,day,flag,name,z_amount
            a|b,-2,9999-12-31,",","two
            lines\r
            ",-100
              ,-1,0001-01-01 BC,ß,"say ""hi"", Jürgen",0
            back\\slash,9,,,,1.500
            ,10,2020-02-03, ,"",1.50
            """);
  }

  @Test
  void rowsStandInTheOrderOfTheirKey() throws Exception {
    postgres.execute(
        "INSERT INTO ccw.claim_lines VALUES (10, 2, 'a'), (9, 2, 'b'), (1, 11, 'c'), (1, -3, 'd')");

    dump.write(List.of("claim_lines"), folder);

    assertThat(text("claim_lines"))
        .isEqualTo("clm_id,code,line_num\n-3,d,1\n2,b,9\n2,a,10\n11,c,1\n");
  }

  @Test
  void textIsSortedByItsBytesWhateverTheLocale() throws Exception {
    postgres.execute("INSERT INTO ccw.codes VALUES ('a'), ('B'), ('ä'), ('b'), ('A_'), ('A1')");

    dump.write(List.of("codes"), folder);

    assertThat(text("codes")).isEqualTo("code\nA1\nA_\nB\na\nb\nä\n");
  }

  @Test
  void historyRowsAreSortedByAllColumnsAndStayTwice() throws Exception {
    postgres.execute(
        "INSERT INTO ccw.history VALUES (1, 'x', 5), (2, NULL, 5), (3, 'X', 5), (4, 'x', 5),"
            + " (5, 'x', -6)");

    dump.write(List.of("history"), folder);

    assertThat(text("history")).isEqualTo("bene_id,mbi_num\n-6,x\n5,X\n5,x\n5,x\n5,\n");
  }

  @Test
  void saysWhatItWrote() throws Exception {
    postgres.execute("INSERT INTO ccw.codes VALUES ('a'), ('b')");

    List<DumpedTable> dumped = dump.write(List.of("empty", "codes", "codes"), folder);

    assertThat(dumped).extracting(DumpedTable::table).containsExactly("empty", "codes");
    assertThat(dumped).extracting(DumpedTable::rows).containsExactly(0L, 2L);
    assertThat(dumped.get(0).file()).isEmpty();
    assertThat(dumped.get(1).file().orElseThrow().sha256()).isEqualTo(sha256("codes"));
  }

  @Test
  void aTableThatBecameEmptyLosesItsFileAndNothingElseDoes() throws Exception {
    postgres.execute("INSERT INTO ccw.codes VALUES ('a')");
    dump.write(List.of("codes"), folder);
    Files.writeString(folder.resolve("notes.txt"), "mine");
    postgres.execute("TRUNCATE ccw.codes");

    dump.write(List.of("codes"), folder);

    assertThat(folder.toFile().list()).containsExactly("notes.txt");
  }

  @Test
  void aFailedDumpLeavesTheFolderAsItWas() throws Exception {
    postgres.execute("INSERT INTO ccw.codes VALUES ('a')");
    dump.write(List.of("codes"), folder);
    postgres.execute("INSERT INTO ccw.codes VALUES ('b')");

    assertThatThrownBy(() -> dump.write(List.of("codes", "none"), folder))
        .isInstanceOf(DumpException.class)
        .hasMessage("the database has no table ccw.none");
    assertThat(folder.toFile().list()).containsExactly("codes.csv");
    assertThat(text("codes")).isEqualTo("code\na\n");
  }

  @Test
  void allTablesAreOfTheSameMoment() throws Exception {
    postgres.execute("INSERT INTO ccw.codes VALUES ('a')");
    try (Snapshot snapshot = Snapshot.of(postgres.dataSource(), "ccw")) {
      assertThat(snapshot.copy("codes", "true", new ByteArrayOutputStream())).isEqualTo(1);
      postgres.execute("INSERT INTO ccw.codes VALUES ('b'); INSERT INTO ccw.empty VALUES (1)");

      assertThat(snapshot.copy("empty", "true", new ByteArrayOutputStream())).isZero();
      assertThat(snapshot.copy("codes", "true", new ByteArrayOutputStream())).isEqualTo(1);
    }
  }

  @Test
  void copyTakesTheRowsOfACondition() throws Exception {
    postgres.execute("INSERT INTO ccw.claim_lines VALUES (1, 1, 'a'), (1, 2, 'b')");
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    assertThat(dump.copy("claim_lines", "clm_id > 1", out)).isEqualTo(1);
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("clm_id,code,line_num\n2,b,1\n");
  }

  @Test
  void everyTableOfRecordIsInAMigratedDatabase() throws Exception {
    TestPostgres migrated = postgres.anotherMigrated("ccw");
    List<String> tables = TablesOfRecord.of(Layouts.load());

    List<DumpedTable> dumped =
        new CanonicalDump(migrated.dataSource(), "ccw").write(tables, folder);

    assertThat(tables).contains("carrier_claims", "carrier_claim_lines", "partd_events");
    assertThat(dumped).extracting(DumpedTable::table).isEqualTo(tables);
    assertThat(folder).isEmptyDirectory();
  }

  private String text(String table) throws IOException {
    return Files.readString(folder.resolve(table + ".csv"));
  }

  private String sha256(String table) throws Exception {
    byte[] bytes = Files.readAllBytes(folder.resolve(table + ".csv"));
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
