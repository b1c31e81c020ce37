package io.riffle.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.riffle.infra.cli.Riffle;
import io.riffle.infra.site.PortPolicy;
import io.riffle.infra.stack.LocalStack;
import io.riffle.operations.site.SetName;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Short runs of fixed seeds on a stack of their own: every promise is kept. */
@Tag("full")
@Tag("chaos")
class ChaosIT {

  @TempDir Path folder;

  @AfterEach
  void purge() {
    LocalStack stack =
        LocalStack.in(home()).set(new SetName("chaos")).ports(PortPolicy.FREE).open();
    stack.stop();
    stack.purge();
  }

  @Test
  void aShortRunKeepsAllPromises() throws Exception {
    JsonNode report =
        chaos("--seed 312 --faults KILL,CUT --rounds 1 --keys 400 --persons 20".split(" ", -1));

    assertThat(report.path("seed").asLong()).isEqualTo(312);
    assertThat(report.path("rounds").asInt()).isEqualTo(1);
    assertThat(report.path("records").asLong()).isPositive();
    assertThat(report.path("faults").path("kill merge-processor").asInt()).isEqualTo(1);
    assertThat(report.path("faults").path("cut kafka").asInt()).isEqualTo(1);
    assertThat(report.path("recoverySeconds").path("merge-processor").size()).isEqualTo(1);
    assertThat(report.path("totalsEqual").asBoolean()).isTrue();
  }

  /** Long enough for each kind of fault. */
  @Test
  void aLongRunKeepsAllPromises() throws Exception {
    JsonNode report = chaos("--seed", "11", "--minutes", "5");

    assertThat(report.path("rounds").asInt()).isGreaterThan(3);
    assertThat(report.path("faults").size()).isGreaterThan(8);
    assertThat(report.path("recoverySeconds").size()).isPositive();
  }

  private Path home() {
    return folder.resolve("home");
  }

  /** A run whose JVMs do without the slow compiler: they are started again and again. */
  private JsonNode chaos(String... words) throws Exception {
    List<String> line =
        new ArrayList<>(List.of("--home", home().toString(), "-o", "json", "chaos"));
    line.addAll(List.of(words));
    line.add("--jvm-option=-XX:TieredStopAtLevel=1");
    PrintStream realOut = System.out;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    int exit;
    try {
      exit = Riffle.run(line.toArray(String[]::new));
    } finally {
      System.setOut(realOut);
    }
    String text = out.toString(StandardCharsets.UTF_8);
    assertThat(exit).as(text).isZero();
    return new ObjectMapper().readTree(text);
  }
}
