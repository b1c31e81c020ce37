package io.riffle.bench.cli;

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
class BenchCommandTest {

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
  void riffleKnowsTheBench() {
    assertThat(Riffle.run("--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("  bench ");
  }

  @Test
  void helpSaysWhatIsMeasured() {
    assertThat(Riffle.run("bench", "rif", "--help")).isZero();
    // the help breaks lines where the window does
    assertThat(out.toString(StandardCharsets.UTF_8).replaceAll("\\s+", " "))
        .contains("--records=N", "--warmup=N", "--profile=DIR", "(default: CARRIER)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bench",
        "bench fly",
        "bench rif --type NOPE",
        "bench rif --type CARRIER_MERGE",
        "bench rif --records many",
        "bench rif --records 0",
        "bench rif --runs 0",
        "bench replay --rounds 0",
        "bench replay --claims 0 --pde 0",
        "bench cdc --seconds 0 --snapshot-rows 0",
        "bench cdc --rate 0",
        "bench cdc --rounds 0",
        "bench scale --sizes 10k,0",
        "bench scale --workers 1,-2",
        "bench scale --sizes 10k,few",
      })
  void wrongUsageIsTwo(String line) {
    assertThat(Riffle.run(line.split(" ", -1))).isEqualTo(2);
    assertThat(out.size()).isZero();
  }

  @Test
  void theTablesOfAnotherSetAreNotEmptied() {
    assertThat(Riffle.run("--set", "east", "bench", "rif")).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("its set begins with bench");
  }
}
