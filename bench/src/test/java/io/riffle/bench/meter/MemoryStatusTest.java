package io.riffle.bench.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryStatusTest {

  @Test
  void readsKilobytesAsBytes() {
    String status =
        """
        Name:\tpostgres
        VmPeak:\t  900000 kB
        VmHWM:\t    4096 kB
        RssAnon:\t    1024 kB
        RssFile:\t     512 kB
        RssShmem:\t    2048 kB
        Threads:\t1
        """;

    assertThat(MemoryStatus.parse(status))
        .isEqualTo(new MemoryStatus(4096 << 10, 1024 << 10, 2560 << 10));
  }

  @Test
  void whatAFamilySharesCountsOnce() {
    List<MemoryStatus> family = List.of(new MemoryStatus(0, 10, 100), new MemoryStatus(0, 20, 80));

    assertThat(MemoryStatus.together(family)).isEqualTo(130);
    assertThat(MemoryStatus.together(List.of())).isZero();
  }
}
