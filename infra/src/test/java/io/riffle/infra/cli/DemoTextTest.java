package io.riffle.infra.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.riffle.infra.demo.CapturedReport;
import io.riffle.infra.demo.CapturedReport.TableReport;
import io.riffle.infra.demo.DemoReport;
import io.riffle.infra.demo.DemoReport.Backfill;
import io.riffle.infra.demo.DemoReport.TypeReport;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoTextTest {

  private static final TableReport USERS =
      new TableReport("qvp", "users", 264, 264, 4, 52, 0.241, List.of());
  private static final TableReport RATES =
      new TableReport("svp", "rates", 50, 50, 10, 11, null, List.of());
  private static final TableReport WRONG =
      new TableReport(
          "svp", "invoices", 500, 499, 0, 7, 0.3, List.of("invoices: MISSING_ROWS in 1 rows"));

  @Test
  void theTextOfSourcesHasARowForEachTable() {
    assertThat(DemoText.captured(captured(USERS, RATES)))
        .isEqualTo(
            """
            SOURCE  TABLE  CHANGES  ROWS  STAGED  MARKED DELETED  LAST CHANGE AFTER
            qvp     users  52       264   264     4               0.24 s
            svp     rates  11       50    50      10              reloaded

            Staging equals its sources, in 12.3 s""");
  }

  @Test
  void whatDiffersIsNamed() {
    assertThat(DemoText.captured(captured(USERS, WRONG)))
        .contains("svp     invoices  7        500   499, NOT 500  0 ")
        .contains("\n\nsvp.invoices: MISSING_ROWS in 1 rows\n\n")
        .endsWith("STAGING DIFFERS, in 12.3 s");
  }

  @Test
  void aRunIsRightWhenBothHalvesAre() {
    assertThat(loaded(500).right()).isTrue();
    assertThat(loaded(500).with(captured(USERS, RATES)).right()).isTrue();
    assertThat(loaded(500).with(captured(USERS, WRONG)).right()).isFalse();
    assertThat(loaded(499).with(captured(USERS)).right()).isFalse();
    assertThat(loaded(500).with(captured()).right()).isFalse();
  }

  @Test
  void theTextOfDataSetsDoesNotTellOfSources() {
    assertThat(DemoText.loaded(loaded(500).with(captured(WRONG))))
        .contains("PDE   500               500   0           0        20")
        .endsWith("All counts are right, in 30.0 s");
    assertThat(DemoText.loaded(loaded(499)))
        .contains("499, NOT 500")
        .endsWith("COUNTS DIFFER, in 30.0 s");
  }

  @Test
  void theJsonHasAllOfIt() {
    JsonNode json = DemoText.json(loaded(500).with(captured(USERS, RATES, WRONG)));

    assertThat(json.path("types").path(0).path("rows").asLong()).isEqualTo(500);
    assertThat(json.path("captured").path("seconds").asDouble()).isEqualTo(12.34);
    JsonNode tables = json.path("captured").path("tables");
    assertThat(tables.path(0).toString())
        .isEqualTo(
            "{\"source\":\"qvp\",\"table\":\"users\",\"rows\":264,\"staged\":264,\"deleted\":4,"
                + "\"changes\":52,\"freshness\":0.241,\"differences\":[]}");
    assertThat(tables.path(1).path("freshness").isNull()).isTrue();
    assertThat(tables.path(2).path("differences").path(0).asText())
        .isEqualTo("invoices: MISSING_ROWS in 1 rows");
  }

  private static CapturedReport captured(TableReport... tables) {
    return new CapturedReport(List.of(tables), 12.34);
  }

  private static DemoReport loaded(long rows) {
    return new DemoReport(
        List.of(new TypeReport("PDE", 500, rows, 500, 0, 0, 0, 20)),
        List.of(new Backfill("CARRIER", "-1", "clm_ndc_cd", null, "a")),
        30,
        null);
  }
}
