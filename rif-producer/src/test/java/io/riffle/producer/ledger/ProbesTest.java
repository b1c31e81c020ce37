package io.riffle.producer.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.producer.manifest.ClaimedIds;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a pre-validation asks of the tables of record, and what that costs. */
@ExtendWith(PostgresExtension.class)
final class ProbesTest {

  private static final ClaimedIds IDS =
      new ClaimedIds(-500, -6000, -700, "-800", "T00000900A", -1000, -1100, "1S00A00AA00", -1010);

  private final TestPostgres postgres;

  ProbesTest(TestPostgres server) {
    postgres = server.anotherMigrated("ccw");
  }

  @Test
  void everyProbeReadsARangeOfAnIndex() throws SQLException {
    List<Probe> probes = Probes.of(IDS);

    assertThat(probes).hasSize(14);
    try (Connection connection = postgres.connect();
        Statement settings = connection.createStatement()) {
      settings.execute("SET enable_seqscan = off"); // the tables are empty
      for (Probe probe : probes) {
        assertThat(plan(connection, probe))
            .as(probe.checks() + " in " + probe.table())
            .contains("Index Cond")
            .doesNotContain("Seq Scan");
      }
    }
  }

  @Test
  void emptyTextsAndZeroNumbersAskNothing() {
    ClaimedIds nothing = new ClaimedIds(0, 0, 0, "", "", 0, 0, "", 0);

    assertThat(Probes.of(nothing))
        .singleElement()
        .satisfies(probe -> assertThat(probe.checks()).containsExactly("SHARED_MBI"));
    assertThat(IDS.toString()).doesNotContain("00");
  }

  private static String plan(Connection connection, Probe probe) throws SQLException {
    String sql = probe.sql("ccw");
    StringBuilder plan = new StringBuilder();
    try (PreparedStatement explain = connection.prepareStatement("EXPLAIN " + sql)) {
      for (int i = 1; i <= probe.parameters(sql); i++) {
        explain.setString(i, probe.text().orElseThrow());
      }
      ResultSet rows = explain.executeQuery();
      while (rows.next()) {
        plan.append(rows.getString(1)).append('\n');
      }
    }
    return plan.toString();
  }
}
