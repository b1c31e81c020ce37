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
  private static final String NAME = "name=riffle-bench";

  private final Path folder;
  private final String what;
  private final Map<String, Long> jvms;

  /**
   * @param what is recorded; part of the files' names
   * @param jvms pids by name
   */
  Recordings(Path folder, String what, Map<String, Long> jvms) {
    this.folder = folder.toAbsolutePath();
    this.what = what;
    this.jvms = new LinkedHashMap<>(jvms);
  }

  void start() throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Path settings = folder.resolve(SETTINGS);
    try (InputStream in = Recordings.class.getResourceAsStream(SETTINGS)) {
      Files.copy(in, settings, StandardCopyOption.REPLACE_EXISTING);
    }
    for (long pid : jvms.values()) {
      Jcmd.send(pid, "JFR.start", NAME, "settings=" + settings);
    }
  }

  /** The files, one per JVM, by its name. */
  Map<String, Path> stop() throws InterruptedException {
    Map<String, Path> files = new LinkedHashMap<>();
    for (Map.Entry<String, Long> jvm : jvms.entrySet()) {
      Path file = folder.resolve(jvm.getKey() + "-" + what + ".jfr");
      Jcmd.send(jvm.getValue(), "JFR.stop", NAME, "filename=" + file);
      files.put(jvm.getKey(), file);
    }
    return files;
  }
}
