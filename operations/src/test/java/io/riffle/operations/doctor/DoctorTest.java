package io.riffle.operations.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class DoctorTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void tellsWhatEachPartSaysInTheirOrder() throws Exception {
    List<Finding> findings =
        examine(
            part("A", found -> found.ok("fine")),
            part("B", found -> found.warn("low", "add some")));

    assertThat(findings)
        .containsExactly(
            new Finding("A", Verdict.OK, "fine", Optional.empty()),
            new Finding("B", Verdict.WARN, "low", Optional.of("add some")));
    assertThat(Doctor.verdict(findings)).isEqualTo(Verdict.WARN);
  }

  @Test
  void aPartThatFailsSaysWhyAndKeepsWhatItFoundBefore() throws Exception {
    List<Finding> findings =
        examine(
            part(
                "A",
                found -> {
                  found.ok("there");
                  throw new IOException("outer", new IOException("refused\nsecond line"));
                }));

    assertThat(findings).extracting(Finding::text).containsExactly("there", "IOException: refused");
    assertThat(findings.get(1).advice()).contains("look after A");
    assertThat(Doctor.verdict(findings)).isEqualTo(Verdict.FAIL);
  }

  @Test
  void aPartThatIsSilentHoldsUpNoOther() throws Exception {
    CountDownLatch never = new CountDownLatch(1);

    List<Finding> findings =
        new Doctor(
                List.of(part("A", found -> never.await()), part("B", found -> found.ok("fine"))),
                Duration.ofMillis(200))
            .examine();

    assertThat(findings).extracting(Finding::verdict).containsExactly(Verdict.FAIL, Verdict.OK);
    assertThat(findings.get(0).text()).startsWith("no answer for");
  }

  @Test
  void clocksAreTheSameWithinTwoSeconds() {
    assertThat(skew("Sun, 1 Mar 2026 12:00:02 GMT").verdict()).isEqualTo(Verdict.OK);
    assertThat(skew("Sun, 1 Mar 2026 12:01:00 GMT").text())
        .isEqualTo("its clock is 60 seconds ahead of ours");
    assertThat(skew("Sun, 1 Mar 2026 11:59:00 GMT").text())
        .isEqualTo("its clock is 60 seconds behind ours");
    assertThat(skew("yesterday").verdict()).isEqualTo(Verdict.WARN);
  }

  private static Finding skew(String date) {
    Findings findings = new Findings("A");
    new ClockSkew(Clock.fixed(NOW, ZoneOffset.UTC)).check(findings, Optional.of(date));
    return findings.all().get(0);
  }

  private static List<Finding> examine(Examination... parts) throws InterruptedException {
    return new Doctor(List.of(parts), Duration.ofSeconds(30)).examine();
  }

  private interface Look {
    void at(Findings findings) throws Exception;
  }

  private static Examination part(String name, Look look) {
    return new Examination() {
      @Override
      public String part() {
        return name;
      }

      @Override
      public String whenSilent() {
        return "look after " + name;
      }

      @Override
      public void examine(Findings findings) throws Exception {
        look.at(findings);
      }
    };
  }
}
