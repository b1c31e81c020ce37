package io.riffle.bench.meter;

/**
 * A line of {@code /proc/PID/stat} or {@code /proc/PID/task/TID/stat}; see proc(5).
 *
 * @param name the program's or thread's, at most 15 characters
 * @param ticks CPU of its own, user and system
 * @param childTicks CPU of its children that have ended and were waited for
 */
record ProcStat(long pid, String name, long parent, long ticks, long childTicks) {

  /** Ticks a second, the same on every Linux that Java runs on. */
  static final double TICKS_PER_SECOND = 100;

  /** Fields behind the name, counted from the state. */
  private static final int PARENT = 1;

  private static final int USER = 11;
  private static final int SYSTEM = 12;
  private static final int CHILDREN_USER = 13;
  private static final int CHILDREN_SYSTEM = 14;

  /** The name may hold blanks and parentheses: it ends at the last one. */
  static ProcStat parse(String line) {
    int open = line.indexOf('(');
    int close = line.lastIndexOf(')');
    String[] fields = line.substring(close + 2).split(" ", -1);
    return new ProcStat(
        Long.parseLong(line.substring(0, open).strip()),
        line.substring(open + 1, close),
        Long.parseLong(fields[PARENT]),
        sum(fields, USER, SYSTEM),
        sum(fields, CHILDREN_USER, CHILDREN_SYSTEM));
  }

  ProcStat named(String other) {
    return new ProcStat(pid, other, parent, ticks, childTicks);
  }

  private static long sum(String[] fields, int one, int other) {
    return Long.parseLong(fields[one].strip()) + Long.parseLong(fields[other].strip());
  }
}
