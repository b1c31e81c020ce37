package io.riffle.chaos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.infra.cli.Riffle;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line, without a stack. */
class ChaosCommandTest {

  private final PrintStream realOut = System.out;
  private final PrintStream realErr = System.err;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void capture() {
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void release() {
    System.setOut(realOut);
    System.setErr(realErr);
  }

  @Test
  void riffleKnowsChaos() {
    assertThat(Riffle.run("--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("  chaos ");
  }

  @Test
  void helpNamesTheFaults() {
    assertThat(Riffle.run("chaos", "--help")).isZero();
    // the help breaks lines where the window does
    assertThat(out.toString(StandardCharsets.UTF_8).replaceAll("\\s+", " "))
        .contains("--seed=S", "--minutes=N", "KILL, FREEZE");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "chaos --minutes many",
        "chaos --minutes -1",
        "chaos --rounds 0",
        "chaos --keys 3",
        "chaos --keys 100000",
        "chaos --seed x",
        "chaos --faults FLOOD",
      })
  void wrongUsageIsTwo(String line) {
    assertThat(Riffle.run(line.split(" ", -1))).isEqualTo(2);
    assertThat(out.size()).isZero();
  }

  @Test
  void anotherSetIsNotBroken() {
    assertThat(Riffle.run("--set", "east", "chaos")).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("its set begins with chaos");
  }
}
