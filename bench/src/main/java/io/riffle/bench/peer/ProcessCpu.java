package io.riffle.bench.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.LongStream;

/** CPU time of a process and everything it started, from {@code /proc}. */
final class ProcessCpu {
  private static final Duration TICK = Duration.ofMillis(10);

  /** Fields of {@code stat} after the name: utime, stime and those of children that have ended. */
  private static final int FIRST = 11;

  private static final int LAST = 14;

  private ProcessCpu() {}

  /** User and system time until now; ends of children do not lower it. */
  static Duration of(long pid) {
    LongStream children =
        ProcessHandle.of(pid).stream()
            .flatMap(ProcessHandle::descendants)
            .mapToLong(ProcessHandle::pid);
    return TICK.multipliedBy(
        LongStream.concat(LongStream.of(pid), children).map(ProcessCpu::ticks).sum());
  }

  private static long ticks(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      long sum = 0;
      for (int at = FIRST; at <= LAST; at++) {
        sum += Long.parseLong(fields[at]);
      }
      return sum;
    } catch (NoSuchFileException e) {
      return 0; // has ended; its parent counts it
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
