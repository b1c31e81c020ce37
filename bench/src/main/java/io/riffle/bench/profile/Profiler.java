package io.riffle.bench.profile;

import io.riffle.bench.meter.Meter;
import io.riffle.bench.meter.ThreadCpu;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * Profiles processes while something runs. A JVM's first recording changes code that the JIT
 * compiler has to compile again: what is to be profiled should first run once after {@link #open}.
 */
public final class Profiler {

  /** Asked once per schema: not worth a recording. */
  private static final Set<String> NOT_RECORDED = Set.of(Meter.POSTGRES, "registry");

  private static final String KEEPS_JFR_ON = "open";
  private static final int MOST_THREADS = 8;

  private final Map<String, Long> pids;
  private final Recordings recordings;

  private Profiler(Map<String, Long> pids, Path folder) {
    Map<String, Long> jvms = new LinkedHashMap<>(pids);
    jvms.keySet().removeAll(NOT_RECORDED);
    this.pids = new LinkedHashMap<>(pids);
    this.recordings = new Recordings(folder, jvms);
  }

  /**
   * Turns flight recording on, until {@link #end}.
   *
   * @param pids of services by name
   * @param folder for the recordings
   */
  public static Profiler open(Map<String, Long> pids, Path folder)
      throws IOException, InterruptedException {
    Profiler profiler = new Profiler(pids, folder);
    profiler.recordings.start(KEEPS_JFR_ON);
    return profiler;
  }

  /**
   * Runs the work, and says where each process's CPU went meanwhile.
   *
   * @param what the names of the recordings end with it
   */
  public List<ProcessProfile> profile(String what, Callable<?> work) throws Exception {
    recordings.start(what);
    Map<String, ThreadCpu> threads = new LinkedHashMap<>();
    pids.forEach((name, pid) -> threads.put(name, cpu(name, pid)));
    work.call();
    Map<String, Map<String, Double>> seconds = new LinkedHashMap<>();
    threads.forEach((name, cpu) -> seconds.put(name, cpu.seconds()));
    return profiles(seconds, recordings.stop(what));
  }

  /** Turns flight recording off. */
  public void end() throws InterruptedException {
    recordings.discard(KEEPS_JFR_ON);
  }

  private static ThreadCpu cpu(String name, long pid) {
    return name.equals(Meter.POSTGRES) ? ThreadCpu.ofFamily(pid) : ThreadCpu.of(pid);
  }

  private static List<ProcessProfile> profiles(
      Map<String, Map<String, Double>> seconds, Map<String, Path> recordings) throws IOException {
    List<ProcessProfile> profiles = new ArrayList<>();
    for (String name : seconds.keySet()) {
      double all = seconds.get(name).values().stream().mapToDouble(Double::doubleValue).sum();
      Path recording = recordings.get(name);
      profiles.add(
          new ProcessProfile(
              name,
              all,
              Share.largest(seconds.get(name), all, MOST_THREADS),
              recording == null ? null : recording.toString(),
              recording == null ? null : TopMethods.of(recording)));
    }
    return profiles;
  }
}
