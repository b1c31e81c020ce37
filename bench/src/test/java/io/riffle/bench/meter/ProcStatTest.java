package io.riffle.bench.meter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcStatTest {

  @Test
  void readsWhatStandsBehindTheName() {
    ProcStat stat =
        ProcStat.parse(
            "4711 (java) S 17 4711 4711 0 -1 4194560 1 2 3 4 700 50 20 3 20 0 61 0 900 1000 55\n");

    assertThat(stat).isEqualTo(new ProcStat(4711, "java", 17, 750, 23));
  }

  @Test
  void aNameMayHoldBlanksAndParentheses() {
    ProcStat stat = ProcStat.parse("9 (tmux: (a) b) R 1 9 9 0 -1 0 0 0 0 0 1 2 3 4 20 0 1 0 5 6 7");

    assertThat(stat.name()).isEqualTo("tmux: (a) b");
    assertThat(stat.parent()).isEqualTo(1);
    assertThat(stat.ticks()).isEqualTo(3);
    assertThat(stat.childTicks()).isEqualTo(7);
  }
}
