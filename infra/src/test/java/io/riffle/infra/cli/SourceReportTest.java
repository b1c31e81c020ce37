package io.riffle.infra.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.riffle.infra.sources.SourceRun.Result;
import io.riffle.samples.change.ChangeKind;
import io.riffle.samples.change.ChangeReport;
import io.riffle.samples.change.SchemaChange;
import io.riffle.samples.change.SchemaChange.Kind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SourceReportTest {

  @Test
  void theTextHasCountsByTableAndKind() {
    assertThat(SourceReport.text(List.of(result())))
        .contains(
            "SOURCE  TABLE     FILLED  INSERT  UPDATE  UPDATE LONG",
            "qvp     partners  10      0       0 ",
            "qvp     users     50      1200    7 ",
            "qvp: 1,207 changes committed in 300 transactions, 12 rolled back; the longest of 180"
                + " changes, up to 3 open at the same time; 2.5 s",
            "  jdbc:postgresql://h/qvp_main",
            "  users.added_1 was added: text",
            "  users.locale is now called renamed_1");
  }

  @Test
  void theJsonHasTheSame() {
    JsonNode source = SourceReport.json(List.of(result())).path("sources").path(0);

    assertThat(source.path("source").asText()).isEqualTo("qvp");
    assertThat(source.path("filled").path("partners").asLong()).isEqualTo(10);
    JsonNode changed = source.path("changed");
    assertThat(changed.path("changes").path("users").path("INSERT").asLong()).isEqualTo(1200);
    assertThat(changed.path("committed").asLong()).isEqualTo(300);
    assertThat(changed.path("schemaChanges").findValuesAsText("kind"))
        .containsExactly("ADD", "RENAME");
  }

  private static Result result() {
    ChangeReport changed =
        new ChangeReport(
            Map.of("users", Map.of(ChangeKind.INSERT, 1200L, ChangeKind.UPDATE, 7L)),
            300,
            12,
            180,
            3,
            List.of(
                new SchemaChange("users", Kind.ADD, "added_1", "text"),
                new SchemaChange("users", Kind.RENAME, "locale", "renamed_1")),
            2.5);
    Map<String, Long> filled = Map.of("users", 50L, "partners", 10L);
    return new Result("qvp", "qvp_main", "jdbc:postgresql://h/qvp_main", filled, changed);
  }
}
