package io.riffle.bench.meter;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The heap of a JVM.
 *
 * @param limitMegabytes its {@code -Xmx}
 * @param committedMegabytes what the collector has taken of it, and seldom gives back: no less than
 *     was ever in use since it last shrank
 */
public record Heap(String name, long limitMegabytes, long committedMegabytes) {

  private static final Pattern LIMIT = Pattern.compile("-Xmx(\\d+)m");
  private static final Pattern COMMITTED = Pattern.compile("committed (\\d+)K");
  private static final Pattern TOTAL = Pattern.compile("total (\\d+)K");
  private static final long KILOBYTES = 1024;

  /** Asks the JVM; empty for what is none. */
  public static Optional<Heap> of(String name, long pid) throws InterruptedException {
    for (String word : Proc.commandLine(pid)) {
      Matcher limit = LIMIT.matcher(word);
      if (limit.matches()) {
        long committed = committedMegabytes(Jcmd.send(pid, "GC.heap_info"));
        return Optional.of(new Heap(name, Long.parseLong(limit.group(1)), committed));
      }
    }
    return Optional.empty();
  }

  /** Newer JVMs say what is committed and what reserved, older ones call the first total. */
  static long committedMegabytes(String answer) {
    String heap = answer.lines().filter(line -> !isOfClasses(line)).reduce("", String::concat);
    Matcher committed = COMMITTED.matcher(heap);
    Matcher total = TOTAL.matcher(heap);
    if (committed.find()) {
      return Long.parseLong(committed.group(1)) / KILOBYTES;
    }
    return total.find() ? Long.parseLong(total.group(1)) / KILOBYTES : 0;
  }

  private static boolean isOfClasses(String line) {
    return line.contains("Metaspace") || line.contains("class space");
  }
}
