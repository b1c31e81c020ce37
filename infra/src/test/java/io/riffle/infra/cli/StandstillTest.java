package io.riffle.infra.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.infra.pauses.PausedPart;
import io.riffle.infra.stack.ServiceState;
import io.riffle.infra.stack.ServiceStatus;
import io.riffle.testing.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class StandstillTest {

  private static final Instant SINCE = Instant.parse("2026-01-02T03:04:05Z");
  private static final PausedPart SCANNER =
      new PausedPart("main", "scanner", false, SINCE, "S3", "PASSING", "NO_ANSWER", "no answer", 4);

  private final List<String> told = new ArrayList<>();
  private final ManualClock clock = new ManualClock();
  private Optional<String> problem = Optional.empty();
  private final Standstill standstill = new Standstill(() -> problem, told::add, clock);

  @Test
  void aPausedScannerIsNamedWithItsReason() {
    assertThat(
            Standstill.problem(
                "main",
                List.of(service("rif-producer", ServiceState.RUNNING)),
                Map.of("rif-producer", List.of(SCANNER))))
        .contains(
            "waiting: rif-producer pauses, scanner since 2026-01-02T03:04:05Z: S3 NO_ANSWER: no answer");
  }

  @Test
  void aProducerThatDoesNotRunIsNamed() {
    assertThat(
            Standstill.problem(
                "main",
                List.of(
                    service("connect", ServiceState.STOPPED),
                    service("rif-producer", ServiceState.FAILED)),
                Map.of()))
        .as("the first in the way of a record")
        .contains("waiting: rif-producer is FAILED");
  }

  @Test
  void nothingIsSaidOfAChainThatWorks() {
    assertThat(
            Standstill.problem(
                "main",
                List.of(
                    service("rif-producer", ServiceState.RUNNING),
                    service("somebody-else", ServiceState.STOPPED)),
                Map.of("somebody-else", List.of(SCANNER))))
        .isEmpty();
    assertThat(
            Standstill.problem(
                "bench",
                List.of(service("connect", ServiceState.RUNNING)),
                Map.of("connect", List.of(SCANNER))))
        .as("another set's part")
        .isEmpty();
  }

  @Test
  void itIsToldOnceAndNotAtOnce() {
    problem = Optional.of("why");
    standstill.run();
    assertThat(told).isEmpty();

    clock.pass(Duration.ofSeconds(3));
    standstill.run();
    clock.pass(Duration.ofSeconds(57));
    problem = Optional.of("another one");
    standstill.run();

    assertThat(told).containsExactly("why");
  }

  @Test
  void aStandstillThatComesLaterIsTold() {
    clock.pass(Duration.ofSeconds(3));
    standstill.run();
    problem = Optional.of("why");
    standstill.run();
    assertThat(told).as("it does not look so often").isEmpty();

    clock.pass(Duration.ofSeconds(3));
    standstill.run();
    assertThat(told).containsExactly("why");
  }

  private static ServiceStatus service(String name, ServiceState state) {
    return new ServiceStatus(
        name,
        name,
        state,
        OptionalLong.empty(),
        Map.of(),
        OptionalLong.empty(),
        Optional.empty(),
        Path.of("log"));
  }
}
