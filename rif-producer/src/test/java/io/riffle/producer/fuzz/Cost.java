package io.riffle.producer.fuzz;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * What the producer spends on one input: processor time, and memory that it asks for, given back or
 * not, whatever the input says.
 */
final class Cost {

  /** Work of the producer. */
  interface Work<T> {
    T run() throws IOException;
  }

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Buffers, plans and schemas; a JVM that has just started compiles as it goes. */
  private static final long BYTES_AT_ALL = 64L << 20;

  /** Mostly of the planner, for each row of a single byte; none of it is kept. */
  private static final int BYTES_PER_BYTE = 100;

  private static final Duration TIME = Duration.ofSeconds(8);

  private Cost() {}

  /**
   * Does the work.
   *
   * @param length bytes of the input, decompressed
   * @throws AssertionError if it took more than an input of so many bytes may take
   */
  static <T> T bounded(long length, Work<T> work) throws IOException {
    long bytes = THREADS.getCurrentThreadAllocatedBytes();
    long nanos = THREADS.getCurrentThreadCpuTime();
    T result = work.run();
    require("ns", THREADS.getCurrentThreadCpuTime() - nanos, TIME.toNanos(), length);
    long most = BYTES_AT_ALL + BYTES_PER_BYTE * length;
    require("bytes", THREADS.getCurrentThreadAllocatedBytes() - bytes, most, length);
    return result;
  }

  private static void require(String unit, long spent, long most, long length) {
    if (spent > most) {
      throw new AssertionError(spent + " " + unit + " for an input of " + length + " bytes");
    }
  }
}
