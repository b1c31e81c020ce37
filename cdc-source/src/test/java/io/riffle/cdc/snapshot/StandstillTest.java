package io.riffle.cdc.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.cdc.snapshot.Standstill.Verdict;
import io.riffle.testing.ManualClock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StandstillTest {
  private final ManualClock clock = new ManualClock();
  private final Standstill standstill = new Standstill(clock);

  /** What is stored has passed the log's end, and that of later looks, and no chunk came. */
  @Test
  void seesThatEverythingWasReadAndNoChunkCame() {
    assertThat(look(100, 110)).isEmpty();
    assertThat(look(111, 120)).isEmpty();
    assertThat(look(121, 130)).isEmpty();
    assertThat(look(131, 140)).contains(Verdict.PASSED);
  }

  /** Once, then it takes as long again. */
  @Test
  void tellsItOnce() {
    seesThatEverythingWasReadAndNoChunkCame();
    assertThat(look(141, 150)).isEmpty();
    assertThat(look(151, 160)).isEmpty();
    assertThat(look(161, 170)).isEmpty();
    assertThat(look(171, 180)).contains(Verdict.PASSED);
  }

  /** A worker that reads a large backlog is busy; its windows come at the end. */
  @Test
  void isPatientWithABacklog() {
    for (int i = 0; i < 1000; i++) {
      assertThat(look(100 + i, 5000 + i)).isEmpty();
    }
  }

  @Test
  void beginsAnewWithEachChunk() {
    for (int i = 0; i < 50; i++) {
      assertThat(look(100 + 20 * i, 110 + 20 * i)).isEmpty();
      if (i % 2 == 0) {
        standstill.moved();
      }
    }
  }

  /** A task that starts again asks for its windows behind what was the log's end. */
  @Test
  void beginsAnewAfterAnInterruption() {
    look(100, 110);
    look(111, 120);
    look(121, 130);
    standstill.interrupted();
    assertThat(look(131, 140)).isEmpty();
  }

  /** The stream waits for the query of a chunk: nothing is stored meanwhile. */
  @Test
  void isPatientWithASlowChunk() {
    look(100, 110);
    clock.pass(Standstill.PATIENCE.minus(Duration.ofMinutes(1)));
    assertThat(look(100, 200)).isEmpty();
    clock.pass(Duration.ofMinutes(2));
    assertThat(look(100, 300)).contains(Verdict.SILENT);
    assertThat(look(100, 300)).isEmpty();
  }

  /** Or else a chunk that takes longer than the patience would be given up for ever. */
  @Test
  void isPatientForLongerAndLonger() {
    look(100, 110);
    clock.pass(Standstill.PATIENCE);
    assertThat(look(100, 110)).contains(Verdict.SILENT);
    assertThat(standstill.isRestartDue()).isTrue();
    clock.pass(Standstill.PATIENCE);
    assertThat(look(100, 110)).isEmpty();
    clock.pass(Standstill.PATIENCE);
    assertThat(look(100, 110)).contains(Verdict.SILENT);
    assertThat(standstill.isRestartDue()).isTrue();
    clock.pass(Standstill.PATIENCE.multipliedBy(3));
    assertThat(look(100, 110)).isEmpty();
    standstill.moved();
    look(100, 110);
    clock.pass(Standstill.PATIENCE);
    assertThat(look(100, 110)).contains(Verdict.SILENT);
  }

  @Test
  void restartsAtLongerAndLongerIntervals() {
    assertThat(standstill.isRestartDue()).isTrue();
    assertThat(standstill.isRestartDue()).isFalse();
    clock.pass(Duration.ofMinutes(1));
    assertThat(standstill.isRestartDue()).isTrue();
    clock.pass(Duration.ofMinutes(1));
    assertThat(standstill.isRestartDue()).isFalse();
    clock.pass(Duration.ofMinutes(1));
    assertThat(standstill.isRestartDue()).isTrue();
    standstill.moved();
    assertThat(standstill.isRestartDue()).isTrue();
  }

  @Test
  void looksNowAndThenWhileNothingMoves() {
    assertThat(standstill.isLookDue()).isFalse();
    clock.pass(Standstill.LOOK);
    assertThat(standstill.isLookDue()).isTrue();
    assertThat(standstill.isLookDue()).isFalse();

    clock.pass(Standstill.LOOK);
    standstill.moved();
    assertThat(standstill.isLookDue()).isFalse();
  }

  private Optional<Verdict> look(long stored, long end) {
    clock.pass(Standstill.LOOK);
    return standstill.look(stored, end);
  }
}
