package io.riffle.bench.meter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThreadCpuTest {

  @ParameterizedTest
  @CsvSource({
    "worker-local-0, worker-local-#",
    "C2 CompilerThre, C2 CompilerThre",
    "G1 Conc#0, G1 Conc##",
    "GC Thread#12, GC Thread##",
    "postgres: riffle riffle_bench 127.0.0.1(40112) COPY, postgres: riffle riffle_bench",
    "postgres: checkpointer, postgres: checkpointer",
    "/opt/pg-18.6.0/bin/postgres, postgres",
  })
  void threadsOfAPoolAreOneClass(String thread, String expected) {
    assertThat(ThreadCpu.className(thread)).isEqualTo(expected);
  }
}
