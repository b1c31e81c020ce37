package io.riffle.cdc.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.testing.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SlotReaderTest {
  private final ManualClock clock = new ManualClock();
  private final SlotReader reader = new SlotReader(clock);

  @Test
  void isMissedWhenItIsAwayForLong() {
    reader.seen(false);
    clock.pass(SlotReader.PATIENCE);
    reader.seen(false);
    assertThat(reader.isMissing()).isFalse();

    clock.pass(Duration.ofSeconds(1));
    assertThat(reader.isMissing()).isTrue();

    reader.seen(true);
    assertThat(reader.isMissing()).isFalse();
  }

  @Test
  void hasMoreAndMoreTimeAfterRestarts() {
    reader.seen(false);
    assertThat(reader.isRestartDue()).isFalse();
    clock.pass(SlotReader.PATIENCE.plusSeconds(1));

    assertThat(reader.isRestartDue()).isTrue();
    assertThat(reader.isRestartDue()).isFalse();
    clock.pass(SlotReader.PATIENCE);
    assertThat(reader.isRestartDue()).isTrue();
    clock.pass(SlotReader.PATIENCE);
    assertThat(reader.isRestartDue()).isFalse();
    assertThat(reader.isMissing()).isTrue();
    clock.pass(SlotReader.PATIENCE);
    assertThat(reader.isRestartDue()).isTrue();
  }

  @Test
  void isNotMissedWhereNobodyIsToRead() {
    reader.seen(false);
    clock.pass(SlotReader.PATIENCE.plusSeconds(1));

    reader.dismissed();

    assertThat(reader.isMissing()).isFalse();
    assertThat(reader.isRestartDue()).isFalse();
  }
}
