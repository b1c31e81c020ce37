package io.riffle.bench.meter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapTest {

  @Test
  void readsWhatOlderJvmsCallTotal() {
    String answer =
        """
        4711:
         garbage-first heap   total 172032K, used 61952K [0x00000000e0000000, 0x0000000100000000)
          region size 1024K, 50 young (51200K), 6 survivors (6144K)
         Metaspace       used 41712K, committed 42240K, reserved 1089536K
          class space    used 4886K, committed 5120K, reserved 1048576K
        """;

    assertThat(Heap.committedMegabytes(answer)).isEqualTo(168);
  }

  @Test
  void readsWhatNewerJvmsCallCommitted() {
    String answer =
        """
        4711:
         garbage-first heap   total reserved 524288K, committed 102400K, used 61952K [0x0, 0x1)
         Metaspace       used 41712K, committed 42240K, reserved 1089536K
        """;

    assertThat(Heap.committedMegabytes(answer)).isEqualTo(100);
  }
}
