package io.riffle.bench;

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * That the benches measure, not what: tiny loads on one stack, which the first bench starts and
 * leaves for the others. The figures of so cold a chain say nothing.
 */
@Tag("full")
@Tag("bench")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BenchIT {

  @TempDir static Path folder;

  @AfterAll
  static void stop() {
    LocalStack stack =
        LocalStack.in(home()).set(new SetName("bench")).ports(PortPolicy.FREE).open();
    stack.stop();
    stack.purge();
  }

  @Test
  @Order(1)
  void contendersLoadTheSameRows() throws Exception {
    JsonNode report = bench("rif", "--type", "pde", "--records", "300", "--runs", "1");

    assertThat(report.path("type").asText()).isEqualTo("PDE");
    assertThat(report.path("contenders").findValuesAsText("records")).containsOnly("300");
    assertThat(report.path("contenders").findValuesAsText("rows")).containsOnly("300");
    for (String figure :
        List.of(
            "ratioToCopy",
            "cpuRatioToCopy",
            "mergeRatioToFirstLoad",
            "ratioToDebeziumSink",
            "wallSeconds",
            "recordsPerSecond",
            "cpuMicrosPerRecord")) {
      assertThat(report.path(figure).path("median").asDouble()).as(figure).isPositive();
    }
    assertThat(report.path("ratioToCopy").path("median").asDouble()).isLessThan(1);
    assertThat(processes(report.path("contenders").path(1)))
        .contains("postgres", "kafka", "connect", "merge-processor", "rif-producer", "client");
    assertThat(report.path("heaps").findValuesAsText("name")).contains("connect", "rif-producer");
  }

  @Test
  @Order(2)
  void costPerRecordBySize() throws Exception {
    JsonNode report = bench("scale", "--sizes", "50,200", "--workers", "0");

    assertThat(report.path("type").asText()).isEqualTo("CARRIER");
    assertThat(report.path("costRatio").path("median").asDouble()).isPositive();
    assertThat(report.path("sizes").findValuesAsText("records")).containsExactly("50", "200");
  }

  @Test
  @Order(4)
  void costPerRecordByThreads() throws Exception {
    JsonNode report = bench("scale", "--sizes", "50", "--workers", "3");

    assertThat(report.path("threads").findValuesAsText("threads")).containsExactly("3");
    assertThat(report.path("threads").path(0).path("records").asLong()).isEqualTo(50);
  }

  @Test
  @Order(3)
  void aProfileIsLeft() throws Exception {
    Path profiles = folder.resolve("profiles");
    JsonNode report =
        bench("rif", "--records", "300", "--runs", "1", "--profile", profiles.toString());

    assertThat(report.path("contenders").findValuesAsText("rows")).containsOnly("1200");
    assertThat(report.path("profiles").path("load").findValuesAsText("recording"))
        .contains("null", profiles.resolve("rif-producer-load.jfr").toString());
    assertThat(Files.size(profiles.resolve("merge-processor-merge.jfr"))).isPositive();
  }

  /** The merged topics keep what earlier loads have sent, and every rebuild has all of it. */
  @Test
  @Order(5)
  void aRebuildHasEveryRecordOfTheTopics() throws Exception {
    JsonNode first =
        benchOnStack("replay", "--claims", "200", "--pde", "300", "--rounds", "2").path("types");
    JsonNode second =
        benchOnStack("replay", "--claims", "70", "--pde", "30", "--rounds", "1").path("types");

    assertThat(first.findValuesAsText("type")).containsExactly("CARRIER", "PDE");
    assertThat(records(second, 0)).isEqualTo(records(first, 0) + 70);
    assertThat(records(second, 1)).isEqualTo(records(first, 1) + 30);
    assertThat(first.path(0).path("rows").asLong()).isEqualTo(4 * records(first, 0));
    for (String figure : List.of("share", "shareWithoutVerify", "cpuShare")) {
      assertThat(first.path(1).path(figure).path("median").asDouble()).as(figure).isPositive();
    }
    assertThat(first.path(0).path("stepSeconds").fieldNames())
        .toIterable()
        .containsExactly(
            "PREPARE", "SCAN", "LOAD", "INDEX", "VERIFY", "CATCH_UP", "WAIT", "SWAP", "DONE");
    assertThat(processes(first.path(0).path("rebuild"))).contains("postgres", "kafka", "client");
  }

  private static long records(JsonNode types, int number) {
    return types.path(number).path("records").asLong();
  }

  private static Path home() {
    return folder.resolve("home");
  }

  private static List<String> processes(JsonNode contender) {
    return contender.path("processes").findValuesAsText("name");
  }

  /** A bench without warm-up, on the shared stack, whose JVMs do without the slow compiler. */
  private static JsonNode bench(String... words) throws Exception {
    List<String> line = new ArrayList<>(List.of(words));
    line.addAll(List.of("--warmup", "0"));
    return benchOnStack(line.toArray(String[]::new));
  }

  private static JsonNode benchOnStack(String... words) throws Exception {
    List<String> line =
        new ArrayList<>(List.of("--home", home().toString(), "-o", "json", "bench"));
    line.addAll(List.of(words));
    line.addAll(List.of("--keep", "--jvm-option=-XX:TieredStopAtLevel=1"));
    PrintStream realOut = System.out;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      assertThat(Riffle.run(line.toArray(String[]::new))).isZero();
    } finally {
      System.setOut(realOut);
    }
    return new ObjectMapper().readTree(out.toString(StandardCharsets.UTF_8));
  }
}
