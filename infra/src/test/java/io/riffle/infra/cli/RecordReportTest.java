package io.riffle.infra.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffle.operations.record.GivenAnswer;
import io.riffle.operations.record.RecordJson;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An answer as text and as an object. */
class RecordReportTest {
  private final GivenAnswer claim = GivenAnswer.patchedClaim();

  @Test
  void namesKeyVerdictAndTheDeliveryOfEachField() {
    assertThat(text(Optional.empty(), 100, false))
        .startsWith("CARRIER -7: generation 0, offset 17, last updated 1970-01-01T00:00:00Z")
        .contains("seen: main.rif.carrier, partition 3, offsets 0 to 2", "all there ever were")
        .contains("AGREES: the table has what the records give")
        .containsPattern("(?m)^1 +1970-01-01T00:00:00Z +FULL +APPLIED +1970-01-02T00:00:00Z/0/1 ")
        .containsPattern("(?m)^record +carr_clm_cntl_num +secret +#2 +.* patch$")
        .containsPattern("(?m)^line 2 +line_num +2 +#1 ")
        .containsPattern("(?m)^record +rfr_physn_npi +null +- .*no record had it$");
  }

  @Test
  void aTerminalObeysNoValue() {
    assertThat(text(Optional.empty(), 100, false)).contains("A\\u001b[2J").doesNotContain("\u001b");
  }

  @Test
  void showsOneLineAndTheNewestDeliveriesOnly() {
    assertThat(text(Optional.of(2), 1, false))
        .contains("line 2")
        .doesNotContain("line 1", "carr_clm_cntl_num")
        .containsPattern("(?m)^2 +.*MERGE")
        .doesNotContainPattern("(?m)^1 +.*FULL");
  }

  @Test
  void showsWhatWasWrittenBesideWhatSomebodyMadeOfIt() {
    claim.changed("carr_clm_cntl_num", "forged");

    assertThat(text(Optional.empty(), 100, false))
        .contains("forged")
        .containsPattern("patch; CHANGED, Riffle wrote secret");
  }

  @Test
  void aTicketGetsNeitherKeyNorValues() {
    claim.changed("carr_clm_cntl_num", "forged");

    assertThat(text(Optional.empty(), 100, true))
        .startsWith("CARRIER (key not shown): ")
        .contains("CHANGED", "carr_clm_cntl_num")
        .doesNotContain("-7", "secret", "forged", "A\\u001b");
    ObjectNode json = new RecordJson(claim.answer(), Optional.empty(), 100, true).object();
    assertThat(json.toString()).doesNotContain("-7", "secret", "forged", "\"value\"", "\"key\"");
    assertThat(json.path("verdict").asText()).isEqualTo("CHANGED");
  }

  @Test
  void whatIsOlderThanTheTopicIsOfBefore() {
    claim.seenFrom(1);

    assertThat(text(Optional.empty(), 100, false))
        .contains("offsets 1 to 2, since 1970-01-01T00:00:01Z; older ones are gone")
        .containsPattern("(?m)^record +carr_num +\\S+ +before 1970-01-01T00:00:01Z +1970-01-02");
    ObjectNode json = new RecordJson(claim.answer(), Optional.of(1), 100, false).object();
    assertThat(json.path("fields").path(0).path("setBy").path("before").asText())
        .isEqualTo("1970-01-01T00:00:01Z");
    assertThat(json.path("seen").path(0).path("complete").asBoolean()).isFalse();
  }

  private String text(Optional<Integer> line, int limit, boolean noValues) {
    return new RecordReport(claim.answer(), line, limit, noValues).text();
  }
}
