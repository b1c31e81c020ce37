package io.riffle.bench.meter;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Measures what processes use. One measurement at a time.
 *
 * <pre>{@code
 * Meter.Reading reading = meter.begin();
 * load();
 * List<ProcessUse> used = reading.end();
 * }</pre>
 */
public final class Meter implements AutoCloseable {

  /** The name of this program: who feeds COPY, or polls. */
  public static final String CLIENT = "client";

  /** The one service that is a family of processes. */
  public static final String POSTGRES = "postgres";

  private final Map<String, Long> pids;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(Meter::daemon);

  /**
   * @param services pids by name, in the order of reports; this program is added
   */
  public Meter(Map<String, Long> services) {
    this.pids = new LinkedHashMap<>(services);
    pids.put(CLIENT, ProcessHandle.current().pid());
  }

  /** CPU seconds of all the services since they were started, without this program. */
  public double servicesCpuSeconds() {
    return pids.entrySet().stream()
        .filter(service -> !service.getKey().equals(CLIENT))
        .mapToDouble(service -> cpuSeconds(service.getKey(), service.getValue()))
        .sum();
  }

  /** Starts to count. */
  public Reading begin() {
    return new Reading();
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }

  /** Only Postgres is more than one process; what its ended children used is its own by now. */
  private static double cpuSeconds(String name, long pid) {
    List<ProcStat> processes =
        name.equals(POSTGRES) ? Proc.settledTree(pid) : Proc.process(pid).stream().toList();
    long ticks = processes.stream().mapToLong(one -> one.ticks() + one.childTicks()).sum();
    return ticks / ProcStat.TICKS_PER_SECOND;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "meter");
    thread.setDaemon(true);
    return thread;
  }

  /** A measurement that is going on. */
  public final class Reading {
    private final Map<String, Double> cpu = new LinkedHashMap<>();
    private final Map<String, ThreadCpu> threads = new LinkedHashMap<>();
    private final FamilyPeak postgres;

    private Reading() {
      pids.forEach((name, pid) -> threads.put(name, ThreadCpu.of(pid)));
      postgres = pids.containsKey(POSTGRES) ? new FamilyPeak(pids.get(POSTGRES), clock) : null;
      pids.forEach((name, pid) -> cpu.put(name, cpuSeconds(name, pid)));
    }

    /** What each process has used since the begin. */
    public List<ProcessUse> end() {
      Map<String, Double> now = new LinkedHashMap<>();
      pids.forEach((name, pid) -> now.put(name, cpuSeconds(name, pid)));
      List<ProcessUse> used = new ArrayList<>();
      pids.forEach((name, pid) -> used.add(use(name, pid, now.get(name) - cpu.get(name))));
      return used;
    }

    private ProcessUse use(String name, long pid, double seconds) {
      return new ProcessUse(name, seconds, threads.get(name).compilerSeconds(), peak(name, pid));
    }

    private long peak(String name, long pid) {
      return name.equals(POSTGRES)
          ? postgres.end()
          : Proc.status(pid).map(status -> MemoryStatus.parse(status).peak()).orElse(0L);
    }
  }
}
