package io.riffle.infra.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What {@code riffle doctor} says of a stack that is well. */
@Tag("full")
@Tag("stack")
class DoctorIT {
  private final Cli cli = new Cli(Chain.shared().stack().home());

  @Test
  void findsNothingWrongWithAStackThatIsWell() throws Exception {
    Cli.Printed table = cli.run("doctor");
    Cli.Printed json = cli.run("doctor", "-o", "json");

    assertThat(table.out())
        .contains("MACHINE", "S3", "KAFKA", "REGISTRY", "POSTGRES", "CONNECT")
        .contains("topics are there and as planned", "it has the sink's plug-in")
        .doesNotContain("FAIL");
    assertThat(table.exitCode()).isZero();
    JsonNode findings = new ObjectMapper().readTree(json.out()).path("findings");
    assertThat(findings.findValuesAsText("part")).contains("CONNECT", "S3");
    assertThat(table.out() + json.out())
        .doesNotContain(Chain.shared().stack().endpoints().postgresPassword());
  }
}
