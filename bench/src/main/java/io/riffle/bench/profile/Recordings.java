package io.riffle.bench.profile;

import io.riffle.bench.meter.Jcmd;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;

/** Flight recordings of several JVMs at once, with settings that cost next to nothing. */
final class Recordings {

  private static final String SETTINGS = "bench.jfc";

  private final Path folder;
  private final Map<String, Long> jvms;

  /**
   * @param jvms pids by name
   */
  Recordings(Path folder, Map<String, Long> jvms) {
    this.folder = folder.toAbsolutePath();
    this.jvms = new LinkedHashMap<>(jvms);
  }

  /** Starts a recording in each JVM; others may go on beside it. */
  void start(String name) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Path settings = folder.resolve(SETTINGS);
    try (InputStream in = Recordings.class.getResourceAsStream(SETTINGS)) {
      Files.copy(in, settings, StandardCopyOption.REPLACE_EXISTING);
    }
    for (long pid : jvms.values()) {
      Jcmd.send(pid, "JFR.start", named(name), "settings=" + settings);
    }
  }

  /** Ends the recordings. Their files, one per JVM, by its name. */
  Map<String, Path> stop(String name) throws InterruptedException {
    Map<String, Path> files = new LinkedHashMap<>();
    for (Map.Entry<String, Long> jvm : jvms.entrySet()) {
      Path file = folder.resolve(jvm.getKey() + "-" + name + ".jfr");
      Jcmd.send(jvm.getValue(), "JFR.stop", named(name), "filename=" + file);
      files.put(jvm.getKey(), file);
    }
    return files;
  }

  /** Ends the recordings and forgets them. */
  void discard(String name) throws InterruptedException {
    for (long pid : jvms.values()) {
      Jcmd.send(pid, "JFR.stop", named(name));
    }
  }

  private static String named(String name) {
    return "name=riffle-bench-" + name;
  }
}
