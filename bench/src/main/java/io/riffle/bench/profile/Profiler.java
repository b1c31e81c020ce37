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

/** Profiles processes while something runs. */
public final class Profiler {

  /** Asked once per schema: not worth a recording. */
  private static final Set<String> NOT_RECORDED = Set.of(Meter.POSTGRES, "registry");

  private static final int MOST_THREADS = 8;

  private final Map<String, Long> pids;
  private final Path folder;

  /**
   * @param pids of services by name
   * @param folder for the recordings
   */
  public Profiler(Map<String, Long> pids, Path folder) {
    this.pids = new LinkedHashMap<>(pids);
    this.folder = folder;
  }

  /**
   * Runs the work, and says where each process's CPU went meanwhile.
   *
   * @param what the names of the recordings end with it
   */
  public List<ProcessProfile> profile(String what, Callable<?> work) throws Exception {
    Map<String, Long> jvms = new LinkedHashMap<>(pids);
    jvms.keySet().removeAll(NOT_RECORDED);
    Recordings recordings = new Recordings(folder, what, jvms);
    recordings.start();
    Map<String, ThreadCpu> threads = new LinkedHashMap<>();
    pids.forEach((name, pid) -> threads.put(name, cpu(name, pid)));
    work.call();
    Map<String, Map<String, Double>> seconds = new LinkedHashMap<>();
    threads.forEach((name, cpu) -> seconds.put(name, cpu.seconds()));
    return profiles(seconds, recordings.stop());
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
