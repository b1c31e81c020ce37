package io.riffle.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

class PauseTest {
  private static final Failure DENIED =
      new Failure(Neighbour.POSTGRES, "42501", Verdict.SYSTEMIC, "no right on table t");

  private final Ticking clock = new Ticking();
  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

  @Test
  void tellsSinceWhenAndWhyAndHowOften() {
    Pause pause = new Pause("part", clock);
    assertThat(pause.getState()).isEqualTo("WORKING");
    assertThat(pause.getPaused()).isZero();
    assertThat(pause.getText()).isEmpty();

    pause.failed(DENIED);
    clock.now = clock.now.plusSeconds(30);
    pause.failed(DENIED);

    assertThat(pause.getState()).isEqualTo("PAUSED");
    assertThat(pause.getPaused()).isOne();
    assertThat(pause.getNeighbour()).isEqualTo("POSTGRES");
    assertThat(pause.getCause()).isEqualTo("42501");
    assertThat(pause.getVerdict()).isEqualTo("SYSTEMIC");
    assertThat(pause.getText()).isEqualTo("no right on table t");
    assertThat(pause.getSince()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(pause.getFailures()).isEqualTo(2);
    assertThat(pause.getPauses()).isOne();
    assertThat(pause.getSecondsPaused()).isEqualTo(30);
  }

  @Test
  void goesOnAndAddsUp() {
    Pause pause = new Pause("part", clock);
    pause.failed(DENIED);
    clock.now = clock.now.plusSeconds(10);
    pause.succeeded();
    clock.now = clock.now.plusSeconds(1000);
    pause.succeeded();
    assertThat(pause.getState()).isEqualTo("WORKING");
    assertThat(pause.getSince()).isEmpty();
    assertThat(pause.getFailures()).isZero();
    assertThat(pause.getSecondsPaused()).isEqualTo(10);

    pause.failed(DENIED);
    clock.now = clock.now.plusSeconds(5);
    assertThat(pause.getPauses()).isEqualTo(2);
    assertThat(pause.getSecondsPaused()).isEqualTo(15);
  }

  @Test
  void isSeenAsAnMBeanUntilItIsClosed() throws Exception {
    ObjectName name = new ObjectName("io.riffle:type=Pause,set=main,part=seen");
    try (Pause pause = Pause.of("main", "seen")) {
      pause.failed(DENIED);
      assertThat(server.getAttribute(name, "Paused")).isEqualTo(1);
      assertThat(server.getAttribute(name, "Cause")).isEqualTo("42501");
      assertThat(server.getAttribute(name, "SecondsPaused")).isInstanceOf(Double.class);
    }
    assertThat(server.isRegistered(name)).isFalse();
  }

  @Test
  void aNewOneTakesThePlaceOfOneThatHangsAndKeepsIt() throws Exception {
    ObjectName name = new ObjectName("io.riffle:type=Pause,set=main,part=twice");
    Pause hangs = Pause.of("main", "twice");
    hangs.failed(DENIED);
    Pause next = Pause.of("main", "twice");
    hangs.close();
    assertThat(server.getAttribute(name, "Paused")).isEqualTo(0);
    next.close();
    assertThat(server.isRegistered(name)).isFalse();
  }

  @Test
  void whatStoppedIsSeenUntilItStartsAgain() throws Exception {
    ObjectName name = new ObjectName("io.riffle:type=Pause,set=main,part=stopped");
    try (Pause pause = Pause.of("main", "stopped")) {
      pause.stopped(Failure.of(Neighbour.RIFFLE, "LOG_CHANGED", "a hole. Remedy: …"));
    }
    assertThat(server.getAttribute(name, "State")).isEqualTo("STOPPED");
    Pause.of("main", "stopped").close();
    assertThat(server.isRegistered(name)).isFalse();
  }

  @Test
  void aPauseGrowsUpToItsLongest() {
    Backoff backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));
    assertThat(backoff.pause(1)).isEqualTo(Duration.ofMillis(500));
    assertThat(backoff.pause(3)).isEqualTo(Duration.ofSeconds(2));
    assertThat(backoff.pause(1000)).isEqualTo(Duration.ofSeconds(30));
  }

  private static final class Ticking extends Clock {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
