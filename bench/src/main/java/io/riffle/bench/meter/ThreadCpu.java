package io.riffle.bench.meter;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * CPU of a process's threads between two moments, by class of threads: the name with {@code #} for
 * numbers, so that the threads of a pool are one. Threads that have ended in between are not in it.
 */
public final class ThreadCpu {

  private static final List<String> COMPILERS = List.of("C1 Compiler", "C2 Compiler");

  /** C1, C2 and G1 are names, not numbers. */
  private static final Pattern NUMBER = Pattern.compile("(?<!\\b[CG])\\d+");

  private static final Pattern CLIENT_ADDRESS = Pattern.compile(" \\d+\\.\\d+\\.\\d+\\.\\d+\\(.*");

  private final Supplier<List<ProcStat>> look;
  private final Map<Long, Long> before;

  private ThreadCpu(Supplier<List<ProcStat>> look) {
    this.look = look;
    this.before = look.get().stream().collect(Collectors.toMap(ProcStat::pid, ProcStat::ticks));
  }

  /** Begins to count the threads of a process. */
  public static ThreadCpu of(long pid) {
    return new ThreadCpu(() -> Proc.threads(pid));
  }

  /** Begins to count a process and its descendants, as if they were threads of one. */
  public static ThreadCpu ofFamily(long pid) {
    return new ThreadCpu(() -> Proc.titledTree(pid));
  }

  /** Seconds by class, since the begin. */
  public Map<String, Double> seconds() {
    Map<String, Double> seconds = new HashMap<>();
    for (ProcStat thread : look.get()) {
      long ticks = thread.ticks() - before.getOrDefault(thread.pid(), 0L);
      if (ticks > 0) {
        seconds.merge(className(thread.name()), ticks / ProcStat.TICKS_PER_SECOND, Double::sum);
      }
    }
    return seconds;
  }

  /** Seconds of the JIT compiler's threads. */
  double compilerSeconds() {
    return seconds().entrySet().stream()
        .filter(one -> COMPILERS.stream().anyMatch(one.getKey()::startsWith))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  static String className(String thread) {
    String program =
        thread.startsWith("/") ? thread.substring(thread.lastIndexOf('/') + 1) : thread;
    String role = CLIENT_ADDRESS.matcher(program).replaceFirst("");
    return NUMBER.matcher(role).replaceAll("#").strip();
  }
}
