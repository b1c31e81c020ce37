package io.riffle.bench.round;

import io.riffle.bench.meter.ProcessUse;
import java.util.List;

/**
 * What one contender took once.
 *
 * @param records claims, drug events, persons, or rows of former identities
 * @param rows of all tables that were written
 * @param bytes of the RIF files that the rows are from, for all contenders alike
 */
public record Measurement(
    String contender,
    long records,
    long rows,
    long bytes,
    double seconds,
    List<ProcessUse> processes) {

  private static final double MEGABYTE = 1e6;
  private static final double MICROS = 1e6;

  public Measurement {
    processes = List.copyOf(processes);
  }

  public double recordsPerSecond() {
    return records / seconds;
  }

  public double rowsPerSecond() {
    return rows / seconds;
  }

  /** A million bytes each. */
  public double megabytesPerSecond() {
    return bytes / MEGABYTE / seconds;
  }

  /** Of all processes, this program included: COPY needs somebody who feeds it. */
  public double cpuSeconds() {
    return processes.stream().mapToDouble(ProcessUse::cpuSeconds).sum();
  }

  public double cpuMicrosPerRecord() {
    return cpuSeconds() * MICROS / records;
  }

  /** The JIT compilers' part of it: tells how warm the chain is. */
  public double compilerSeconds() {
    return processes.stream().mapToDouble(ProcessUse::compilerSeconds).sum();
  }
}
