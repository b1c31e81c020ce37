package io.riffle.infra.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.riffle.sink.rebuild.Step;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

/** What may be asked of {@code riffle replay}, and how a run is told. */
class ReplayCommandTest {
  private static final String MANY = ";";

  @TempDir Path home;
  private final PrintStream realErr = System.err;
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void capture() {
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void release() {
    System.setErr(realErr);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "|Missing required argument",
        "--table;a;--topic;b|mutually exclusive",
        "--key;1|--key needs --type",
        "--generation;--table;t|mutually exclusive",
        "--generation;--force|--generation goes with --partitions alone",
        "--generation;--from-offset;3|--generation goes with --partitions alone",
        "--table;t;--partitions;PDE=3|--partitions goes with --generation",
        "--generation;--partitions;PDE=many|Invalid value for option '--partitions'",
        "--key;one;--type;PDE|a key is a whole number",
        "--key;1;--type;PDE;--from-offset;3|a start goes with --table or --topic",
        "--file;f;--by-duration;1h|a start goes with --table or --topic",
        "--table;t;--type;PDE|--type goes with --key",
        "--table;t;--reingest|--reingest goes with --file",
        "--file;f;--reingest;--force|--reingest goes with --file alone",
        "--file;f;--mode;rebuild|a rebuild is of a whole table",
        "--table;t;--mode;rebuild;--from-offset;3|a rebuild is of a whole table",
        "--table;t;--mode;rebuild;--force|a rebuild is of a whole table",
        "--table;t;--mode;replace|Invalid value for option '--mode'",
        "--table;t;--from-offset;3;--by-duration;1h|one of --from-offset",
        "--table;t;--from-offset;-3|neither an offset nor",
        "--table;t;--from-offset;0:1,0:2|neither an offset nor",
        "--table;t;--from-offset;0:1,2|neither an offset nor",
        "--table;t;--by-duration;soon|must be a duration",
        "--table;t;--by; |--by is a name",
        "--table;t;--to-datetime;yesterday|is no time such as",
      })
  void whatCannotBeMeantIsWrongUsage(String options, String message) {
    assertThat(plan(options == null ? "" : options)).isEqualTo(2);
    assertThat(text()).contains(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--table;carrier_claims",
        "--table;carrier_claims;--mode;REBUILD",
        "--topic;main.merged.pde;--from-offset;0:5,3:10;--force",
        "--topic;main.merged.pde;--from-offset;17",
        "--table;partd_events;--to-datetime;2026-11-20T10:00:00.000",
        "--table;partd_events;--by-duration;PT1H",
        "--file;a.csv;--reingest",
        "--type;carrier;--key;-1,-2",
      })
  void theRestIsTried(String options) {
    assertThat(plan(options)).isEqualTo(1);
    assertThat(text()).contains("riffle up");
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "show", "cancel", "drop"})
  void theOthersWantANumber(String command) {
    assertThat(Riffle.run("replay", command)).isEqualTo(2);
    assertThat(Riffle.run("replay", command, "all")).isEqualTo(2);
    assertThat(Riffle.run("replay", command, "1", "--home", home.toString())).isEqualTo(1);
  }

  @Test
  void aTimeIsUtcUnlessItSays() {
    ReplayStart.TimeConverter time = new ReplayStart.TimeConverter();

    assertThat(time.convert("2026-11-20T10:00:00.000")).hasToString("2026-11-20T10:00:00Z");
    assertThat(time.convert("2026-11-20T10:00:00Z")).hasToString("2026-11-20T10:00:00Z");
    assertThat(time.convert("2026-11-20T10:00:00+05:45")).hasToString("2026-11-20T04:15:00Z");
    assertThatExceptionOfType(TypeConversionException.class)
        .isThrownBy(() -> time.convert("2026-11-20"));
  }

  @Test
  void whatIsScannedIsHalfDone() {
    List<String> told = new ArrayList<>();
    try (ReplayWatch watch = new ReplayWatch(told::add)) {
      watch.at(1000, 200, 0);
      assertThat(watch.line(1000, 200, 400, Duration.ofSeconds(2)))
          .isEqualTo(
              "200 of 1000 records (40 %), 100/s, left: 6.0 s, looking for the newest record of each"
                  + " key");
      assertThat(watch.line(1000, 1000, 0, Duration.ofSeconds(4)))
          .isEqualTo("1000 of 1000 records (100 %), 200/s, left: 0.0 s");
      assertThat(watch.line(0, 200, 0, Duration.ZERO)).contains("(0 %)", "left: -");
    }
    assertThat(told).as("not yet time for a line").isEmpty();
  }

  @Test
  void stepsOfARebuildAreToldAtOnceAndWaitingNowAndThen() {
    List<String> told = new ArrayList<>();
    try (ReplayWatch watch = new ReplayWatch(told::add)) {
      watch.step(Step.LOAD, "");
      watch.at(1000, 200, 0);
      watch.step(Step.VERIFY, "");
      watch.step(Step.VERIFY, "a table: 5 rows");
      watch.step(Step.VERIFY, "another table: 5 rows");
      watch.step(Step.WAIT, "");
      watch.step(Step.WAIT, "session 7 for 1 s");
      watch.step(Step.WAIT, "session 7 for 2 s");
      watch.at(0, 0, 0);
    }
    assertThat(told)
        .containsExactly(
            "LOAD", "VERIFY", "VERIFY: a table: 5 rows", "VERIFY: another table: 5 rows", "WAIT");
  }

  @Test
  void durationsAreForPeople() {
    assertThat(ReplayReport.duration(Duration.ofMillis(1500))).isEqualTo("1.5 s");
    assertThat(ReplayReport.duration(Duration.ofSeconds(3_661))).isEqualTo("1:01:01");
  }

  private int plan(String options) {
    List<String> line = new ArrayList<>(List.of("replay", "plan", "--home", home.toString()));
    if (!options.isEmpty()) {
      line.addAll(List.of(options.split(MANY, -1)));
    }
    return Riffle.run(line.toArray(String[]::new));
  }

  private String text() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
