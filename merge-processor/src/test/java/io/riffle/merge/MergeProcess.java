package io.riffle.merge;

import io.riffle.testing.Signals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The program in a JVM of its own, as in production, so that it can be killed. */
final class MergeProcess implements AutoCloseable {
  private final Process process;

  private MergeProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts it.
   *
   * @param settings as {@code RIFFLE_*} variables
   * @param jvmOptions the last of those that contradict each other counts
   * @param log where its output goes, behind what is there
   */
  static MergeProcess start(Map<String, String> settings, List<String> jvmOptions, Path log) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx256m");
    command.add("-Dlogback.configurationFile=logback.xml");
    command.addAll(jvmOptions);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(MergeProcessor.class.getName());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(settings);
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    try {
      return new MergeProcess(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  void freeze() {
    Signals.freeze(process);
  }

  void resume() {
    Signals.resume(process);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** SIGTERM; the exit code, or -1 when it takes longer than the limit. */
  int terminate(long limitSeconds) throws InterruptedException {
    process.destroy();
    return process.waitFor(limitSeconds, TimeUnit.SECONDS) ? process.exitValue() : -1;
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
