package io.riffle.merge.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.merge.rule.Outcome;
import io.riffle.schemas.control.MergedBarrier;
import io.riffle.schemas.control.RifBarrier;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TotalsTest {

  @Test
  void readsBackWhatItWrote() {
    Totals totals = new Totals(1, 200, 3, 40_000, 5, 1_700_000_000_000L, 300);

    assertThat(Totals.fromBytes(totals.toBytes())).isEqualTo(totals);
  }

  @Test
  void totalsFromBeforeRepeatedKeysWereCountedHaveNone() {
    Totals totals = new Totals(1, 2, 3, 4, 5, 6, 0);
    byte[] before = {1, 1, 2, 3, 4, 5, 6};

    assertThat(Totals.fromBytes(before)).isEqualTo(totals);
    assertThat(Arrays.copyOf(totals.toBytes(), before.length))
        .as("what a program from before reads")
        .isEqualTo(before);
  }

  @Test
  void repeatedKeysStandBesideTheSum() {
    Totals totals =
        Totals.NONE
            .plus(Outcome.APPLIED, false)
            .plus(Outcome.APPLIED, true)
            .plus(Outcome.OLDER, true)
            .plusRejected();

    MergedBarrier barrier = totals.on(new RifBarrier(7, 1, 0, 1, 4), "PDE");

    assertThat(barrier.seen()).isEqualTo(4);
    assertThat(barrier.repeatedKeys()).hasValue(2L);
  }

  @Test
  void aReplayCountsRepeatedKeysFromZero() {
    Totals closed = Totals.NONE.plus(Outcome.APPLIED, true).closed(9);

    assertThat(closed.repeatedKeys()).isEqualTo(1);
    assertThat(closed.plus(Outcome.DUPLICATE, false).repeatedKeys()).isZero();
    assertThat(closed.plus(Outcome.DUPLICATE, true).repeatedKeys()).isEqualTo(1);
  }
}
