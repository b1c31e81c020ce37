package io.riffle.bench.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** That every benchmark runs; the figures of so short a run mean nothing. */
class BenchmarksRunTest {

  @TempDir private Path folder;

  @Test
  void everyBenchmarkRuns() throws RunnerException {
    System.setProperty("jmh.ignoreLock", "true"); // nobody is disturbed by so short a run
    Collection<RunResult> results = new Runner(once()).run();
    Set<String> benchmarks =
        results.stream()
            .map(result -> result.getParams().getBenchmark())
            .collect(Collectors.toSet());
    assertThat(benchmarks.stream().map(name -> name.replaceAll(".*jmh\\.", "")))
        .containsExactlyInAnyOrder(
            "RifToAvro.read",
            "Plan.plan",
            "Merge.first",
            "Merge.patch",
            "AvroToCopyRow.rows",
            "Hashes.hit",
            "Hashes.miss");
    assertThat(results).allMatch(result -> result.getPrimaryResult().getScore() > 0);
  }

  private Options once() {
    return new OptionsBuilder()
        .forks(0)
        .warmupIterations(0)
        .measurementIterations(1)
        .measurementTime(TimeValue.milliseconds(20))
        .param("size", "20")
        .addProfiler(CpuTime.class)
        .shouldFailOnError(true)
        .verbosity(VerboseMode.SILENT)
        .output(folder.resolve("jmh.txt").toString())
        .build();
  }
}
