package io.riffle.operations.replay;

import java.sql.SQLException;
import java.time.Duration;
import java.util.OptionalDouble;

/**
 * How long a run may take.
 *
 * @param rate offsets per second
 * @param measured whether earlier replays of the type made that rate; else it is assumed
 */
public record Estimate(Duration time, double rate, boolean measured) {
  /** Read twice, and most of them found in the tables as they are. */
  private static final double ASSUMED = 20_000;

  static Estimate of(ReplayPlan plan, ReplayLedger ledger) throws SQLException {
    OptionalDouble known = ledger.rate(plan.request().mode(), plan.layout().type());
    double rate = known.orElse(ASSUMED);
    return new Estimate(
        Duration.ofMillis(Math.round(1000 * plan.records() / rate)), rate, known.isPresent());
  }
}
