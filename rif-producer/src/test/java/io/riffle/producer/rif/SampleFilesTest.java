package io.riffle.producer.rif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every sample file of a type that has a layout is read without rejects. */
class SampleFilesTest {

  private static final Path SAMPLES =
      Path.of(System.getProperty("riffle.samples", "../../shared/rif")).resolve("samples");

  @TestFactory
  Stream<DynamicTest> readsEverySample() throws IOException {
    Path counts = SAMPLES.resolve("file_counts.csv");
    assumeTrue(Files.exists(counts), "samples are not here");
    return Files.readAllLines(counts).stream()
        .skip(1)
        .map(line -> List.of(line.split(",", -1)))
        .filter(sample -> TestFile.LAYOUTS.find(sample.get(2)).isPresent())
        .filter(sample -> Files.exists(path(sample)))
        .map(sample -> DynamicTest.dynamicTest(sample.get(1), () -> check(sample)));
  }

  private static Path path(List<String> sample) {
    return SAMPLES.resolve(sample.get(0)).resolve(sample.get(1));
  }

  private static void check(List<String> sample) throws IOException {
    TestFile file =
        new TestFile(
            TestFile.LAYOUTS.get(sample.get(2)),
            false,
            Files.readAllBytes(path(sample)),
            ReadLimits.DEFAULT);
    FilePlan plan = file.planned();
    assertThat(plan.header()).hasSize(Integer.parseInt(sample.get(3)));
    assertThat(plan.rows()).isEqualTo(Long.parseLong(sample.get(4)));
    assertThat(plan.records()).isEqualTo(Long.parseLong(sample.get(5)));
    Outcomes outcomes = file.read();
    assertThat(outcomes.all).hasSize(Integer.parseInt(sample.get(5)));
    assertThat(outcomes.all).allMatch(Outcome.Accepted.class::isInstance);
  }
}
