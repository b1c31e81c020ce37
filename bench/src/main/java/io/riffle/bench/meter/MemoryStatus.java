package io.riffle.bench.meter;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Memory of one process, bytes.
 *
 * @param peak the most that was resident since its start
 * @param own resident now, of nobody else
 * @param shared resident now and shared with others: files and shared memory
 */
record MemoryStatus(long peak, long own, long shared) {

  private static final long KILOBYTE = 1024;
  private static final Pattern FIELD = Pattern.compile("(?m)^(\\w+):\\s+(\\d+) kB$");

  /** Of the text of {@code /proc/PID/status}; what is not in it is 0. */
  static MemoryStatus parse(String status) {
    long peak = 0;
    long own = 0;
    long shared = 0;
    Matcher field = FIELD.matcher(status);
    while (field.find()) {
      long bytes = Long.parseLong(field.group(2)) * KILOBYTE;
      switch (field.group(1)) {
        case "VmHWM" -> peak = bytes;
        case "RssAnon" -> own = bytes;
        case "RssFile", "RssShmem" -> shared += bytes;
        default -> {}
      }
    }
    return new MemoryStatus(peak, own, shared);
  }

  /** Of processes that share what they share with each other, as those of Postgres do. */
  static long together(List<MemoryStatus> family) {
    return family.stream().mapToLong(MemoryStatus::own).sum()
        + family.stream().mapToLong(MemoryStatus::shared).max().orElse(0);
  }
}
