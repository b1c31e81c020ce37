package io.riffle.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.schemas.ddl.MigrationProposal;
import io.riffle.schemas.ddl.Migrations;
import io.riffle.schemas.ddl.TableDdl;
import io.riffle.schemas.layout.Layouts;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The migrations give the tables that the layouts say, which the sink writes, and an edited layout
 * proposes the next migration.
 */
@ExtendWith(PostgresExtension.class)
class MigrationProposalTest {

  private static final String SCHEMA = "records";
  private static final String COLUMNS = "columns:\n";

  private final TestPostgres postgres;
  @TempDir Path folder;

  MigrationProposalTest(TestPostgres postgres) {
    this.postgres = postgres.another();
  }

  @BeforeEach
  void migrate() {
    Migrations.migrate(postgres.dataSource(), SCHEMA);
  }

  @Test
  void migrationsGiveTheTablesThatTheLayoutsSay() throws SQLException {
    MigrationProposal proposal = propose(Layouts.load());

    assertThat(proposal.sql()).isEqualTo("-- Proposed from the layouts; look through it.\n");
    assertThat(proposal.isEmpty()).isTrue();
    assertThat(indexes()).containsAll(indexesOf(Layouts.load()));
  }

  @Test
  void proposesANewColumnAndALongerText() throws Exception {
    Layouts edited =
        edit(
            "PDE",
            "kind: string, length: 40",
            "kind: string, length: 50",
            COLUMNS,
            """
            columns:
              - {name: NEW_CD, kind: string, length: 3, since: 2, description: New}
              - {name: NEW_AMT, kind: decimal, precision: 8, scale: 2, since: 2}
            """);

    MigrationProposal proposal = propose(edited);

    assertThat(proposal.problems()).isEmpty();
    assertThat(proposal.statements())
        .containsExactly(
            """
            ALTER TABLE ${tables}.partd_events
              ADD COLUMN new_cd varchar(3),
              ADD COLUMN new_amt numeric(8,2),
              ALTER COLUMN prod_srvc_id TYPE varchar(50)\
            """);
    apply(proposal);
    assertThat(propose(edited).isEmpty()).isTrue();
  }

  @Test
  void proposesAColumnOfBothLevels() throws Exception {
    Layouts edited =
        edit(
            "DME",
            COLUMNS,
            """
            columns:
              - {name: A, level: line, kind: date, since: 2}
              - {name: B, level: header, kind: char, since: 2}
            """);

    assertThat(propose(edited).statements())
        .containsExactly(
            "ALTER TABLE ${tables}.dme_claims\n  ADD COLUMN b char(1)",
            "ALTER TABLE ${tables}.dme_claim_lines\n  ADD COLUMN a date");
  }

  @Test
  void saysWhatItWillNotDo() throws Exception {
    Layouts edited =
        edit(
            "PDE",
            "kind: string, length: 40",
            "kind: string, length: 39",
            "{name: PD_DT, level: header, kind: date,",
            "{name: PD_DT, level: header, kind: long,",
            "precision: 10, scale: 3",
            "precision: 11, scale: 3",
            "{name: RX_ORGN_CD,",
            "{name: RX_ORIGIN_CD,",
            COLUMNS,
            COLUMNS + "  - {name: NEW_CD, kind: char, required: true, empty: error, since: 2}\n");

    MigrationProposal proposal = propose(edited);

    assertThat(proposal.statements())
        .containsExactly("ALTER TABLE ${tables}.partd_events\n  ADD COLUMN rx_origin_cd char(1)");
    String instead = "; add a column of another name instead";
    assertThat(proposal.problems())
        .containsExactlyInAnyOrder(
            "table partd_events: column new_cd is required, and rows that are there have no value;"
                + " make it optional",
            "table partd_events: column pd_dt is date and should be bigint" + instead,
            "table partd_events: column prod_srvc_id is varchar(40) and should be varchar(39)"
                + instead,
            "table partd_events: column qty_dspnsd_num is numeric(10,3) and should be numeric(11,3)"
                + instead,
            "table partd_events: column rx_orgn_cd is in no layout; it is not dropped");
    assertThat(proposal.sql()).contains("-- NOT DONE: table partd_events: column pd_dt is date");
  }

  @Test
  void aRequiredColumnStaysRequired() throws Exception {
    Layouts edited =
        edit(
            "PDE",
            "name: SRVC_DT, level: header, kind: date, required: true, empty: error",
            "name: SRVC_DT, level: header, kind: date");

    assertThat(propose(edited).problems())
        .singleElement()
        .asString()
        .startsWith("table partd_events: column srvc_dt is required and should be optional; ");
  }

  @Test
  void proposesTheTablesOfATypeThatHasNone() throws SQLException {
    postgres.execute("DROP TABLE records.dme_claims, records.dme_claim_lines");

    MigrationProposal proposal = propose(Layouts.load());

    assertThat(proposal.statements())
        .isEqualTo(TableDdl.create(Layouts.load().get("DME"), "${tables}"));
    apply(proposal);
    assertThat(propose(Layouts.load()).isEmpty()).isTrue();
  }

  @Test
  void remindsOfTriggersAndOfTablesThatAreGone() throws SQLException {
    postgres.execute(
        "ALTER TABLE records.beneficiary_monthly DROP COLUMN hmo_indicator_ind CASCADE;"
            + " DROP TABLE records.carrier_claim_lines");
    postgres.execute(
        "CREATE FUNCTION records.nothing() RETURNS trigger LANGUAGE plpgsql"
            + " AS 'BEGIN RETURN NULL; END';"
            + " CREATE TRIGGER nothing AFTER UPDATE ON records.beneficiary_monthly"
            + " FOR EACH ROW EXECUTE FUNCTION records.nothing()");

    MigrationProposal proposal = propose(Layouts.load());

    assertThat(proposal.statements())
        .containsExactly(
            "ALTER TABLE ${tables}.beneficiary_monthly\n  ADD COLUMN hmo_indicator_ind char(1)");
    assertThat(proposal.problems())
        .containsExactlyInAnyOrder(
            "table beneficiary_monthly has triggers, which may have to know the change",
            "table carrier_claim_lines is missing, others of its type not");
  }

  private MigrationProposal propose(Layouts layouts) throws SQLException {
    try (Connection connection = postgres.connect()) {
      return MigrationProposal.between(layouts, connection, SCHEMA);
    }
  }

  private void apply(MigrationProposal proposal) {
    postgres.execute(proposal.sql().replace("${tables}", SCHEMA));
  }

  /** The layouts with one file edited: pairs of a text and what stands there instead. */
  private Layouts edit(String type, String... edits) throws IOException {
    String yaml = shipped(type);
    for (int i = 0; i < edits.length; i += 2) {
      assertThat(yaml).contains(edits[i]);
      yaml = yaml.replace(edits[i], edits[i + 1]);
    }
    Files.writeString(folder.resolve(type + ".yaml"), yaml);
    return Layouts.load(folder);
  }

  private static String shipped(String type) throws IOException {
    String resource = "/io/riffle/layouts/" + type + ".yaml";
    try (InputStream in = Layouts.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private List<String> indexes() throws SQLException {
    List<String> names = new ArrayList<>();
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT indexname FROM pg_indexes WHERE schemaname = '" + SCHEMA + "'")) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  private static List<String> indexesOf(Layouts layouts) {
    return layouts.all().stream()
        .flatMap(layout -> TableDdl.create(layout, SCHEMA).stream())
        .filter(statement -> statement.startsWith("CREATE INDEX "))
        .map(statement -> statement.split(" ", -1)[2])
        .toList();
  }
}
