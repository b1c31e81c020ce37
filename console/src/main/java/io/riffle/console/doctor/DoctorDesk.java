package io.riffle.console.doctor;

import io.riffle.operations.doctor.Doctor;
import io.riffle.operations.doctor.Finding;
import io.riffle.operations.site.Endpoints;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Has the servers examined, one examination at a time; what was found a moment ago is found again.
 * Safe for use by several threads.
 */
public final class DoctorDesk {
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Duration FRESH = Duration.ofSeconds(10);

  private final Endpoints endpoints;
  private final Clock clock;
  private Optional<Examined> last = Optional.empty();

  /** What was found, and when. */
  record Examined(Instant at, List<Finding> findings) {}

  public DoctorDesk(Endpoints endpoints, Clock clock) {
    this.endpoints = endpoints;
    this.clock = clock;
  }

  /** Takes as long as the slowest server, and not longer than 15 s. */
  synchronized Examined examine() throws InterruptedException {
    Instant now = clock.instant();
    if (last.isEmpty() || last.get().at().plus(FRESH).isBefore(now)) {
      List<Finding> findings = new Doctor(Doctor.servers(endpoints, clock), PATIENCE).examine();
      last = Optional.of(new Examined(clock.instant(), findings));
    }
    return last.get();
  }
}
