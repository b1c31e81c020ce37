package io.riffle.operations.doctor;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Compares a server's clock with ours: leases, ages and retention go by them. */
final class ClockSkew {
  /** HTTP tells whole seconds, and an answer is under way for a while. */
  private static final Duration TOLERATED = Duration.ofSeconds(2);

  private final Clock clock;

  ClockSkew(Clock clock) {
    this.clock = clock;
  }

  void check(Findings findings, Instant server) {
    Duration skew = Duration.between(clock.instant(), server);
    if (skew.abs().compareTo(TOLERATED) <= 0) {
      findings.ok("its clock is ours");
    } else {
      findings.warn(
          "its clock is %d seconds %s ours"
              .formatted(skew.abs().toSeconds(), skew.isNegative() ? "behind" : "ahead of"),
          "let NTP set the clocks of both machines");
    }
  }

  /** By HTTP's {@code Date}; a server that tells none is not compared. */
  void check(Findings findings, Optional<String> date) {
    try {
      date.map(text -> ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME))
          .ifPresent(moment -> check(findings, moment.toInstant()));
    } catch (DateTimeException e) {
      findings.warn("it tells a date that cannot be read", "look at the proxy before it");
    }
  }
}
