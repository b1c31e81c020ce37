package io.riffle.infra.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Starts processes in a session of their own: neither our exit nor a Ctrl-C reaches them. */
public final class Launcher {
  private static final List<String> SETSID = setsid();

  /**
   * Starts and returns at once.
   *
   * @param log receives both output streams; an older one is rotated away first
   * @throws UncheckedIOException when the program cannot be started at all
   */
  public OsProcess start(Launch launch, Path folder, LogFile log) {
    log.rotate();
    List<String> command = new ArrayList<>(SETSID);
    command.addAll(launch.command());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.path().toFile()));
    builder.environment().putAll(launch.environment());
    try {
      Process process = builder.start();
      return OsProcess.running(process.pid())
          .orElseGet(() -> new OsProcess(process.pid(), Instant.EPOCH));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + launch.command().get(0), e);
    }
  }

  /** {@code setsid} execs in place, so the pid stays ours; where it is missing we do without. */
  private static List<String> setsid() {
    for (String folder : List.of("/usr/bin", "/bin")) {
      Path setsid = Path.of(folder, "setsid");
      if (Files.isExecutable(setsid)) {
        return List.of(setsid.toString());
      }
    }
    return List.of();
  }
}
