package io.riffle.bench.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** On this JVM and children of it. */
class MeterTest {

  @Test
  void countsTheCpuOfAProcessAndOfThisProgram() throws Exception {
    Process busy = new ProcessBuilder("sh", "-c", "while :; do :; done").start();
    try (Meter meter = new Meter(Map.of("busy", busy.pid()))) {
      Meter.Reading reading = meter.begin();
      long until = System.nanoTime() + 400_000_000L;
      long work = 0;
      while (System.nanoTime() < until) {
        work++;
      }
      List<ProcessUse> uses = reading.end();

      assertThat(work).isPositive();
      assertThat(uses).extracting(ProcessUse::name).containsExactly("busy", Meter.CLIENT);
      assertThat(uses).allMatch(use -> use.cpuSeconds() > 0, "CPU");
      assertThat(uses).allMatch(use -> use.peakMemoryBytes() > 100_000, "memory");
    } finally {
      busy.destroyForcibly().waitFor();
    }
  }

  @Test
  void childrenThatHaveEndedAreInPostgressFigures() throws Exception {
    String child = "sh -c 'i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done'";
    Process family =
        new ProcessBuilder("sh", "-c", "read go; " + child + "; echo done; read end").start();
    try (Meter meter = new Meter(Map.of(Meter.POSTGRES, family.pid()))) {
      Meter.Reading reading = meter.begin();
      family.getOutputStream().write('\n');
      family.getOutputStream().flush();
      assertThat(family.getInputStream().read()).isEqualTo('d');

      ProcessUse use = reading.end().get(0);

      assertThat(use.cpuSeconds()).isPositive();
      assertThat(use.peakMemoryBytes()).isPositive();
    } finally {
      family.destroyForcibly().waitFor();
    }
  }

  /** A session of Postgres ends right when the load does: its CPU was lost between two readings. */
  @Test
  void noChildIsLostBetweenTwoReadings() throws Exception {
    String child = "sh -c 'i=0; while [ $i -lt 3000 ]; do i=$((i+1)); done'";
    Process family = new ProcessBuilder("sh", "-c", "while :; do " + child + "; done").start();
    try (Meter meter = new Meter(Map.of(Meter.POSTGRES, family.pid()))) {
      double before = 0;
      for (int i = 0; i < 100; i++) {
        double now = meter.servicesCpuSeconds();
        assertThat(now).isGreaterThanOrEqualTo(before);
        before = now;
      }
    } finally {
      family.destroyForcibly().waitFor();
    }
  }
}
