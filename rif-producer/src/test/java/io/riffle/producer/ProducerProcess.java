package io.riffle.producer;

import io.riffle.testing.Signals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The program in a JVM of its own, as in production, so that it can be killed and frozen. */
final class ProducerProcess implements AutoCloseable {

  private final Process process;
  private final Path log;

  private ProducerProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts it with a heap of 256 MB.
   *
   * @param settings as its properties file has them
   * @param folder for that file and its log
   * @param jvmOptions the last of those that contradict each other counts
   */
  static ProducerProcess start(Map<String, String> settings, Path folder, String... jvmOptions) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of(jvmOptions));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(RifProducer.class.getName());
    try {
      Path file = Files.createTempFile(folder, "producer", ".properties");
      Files.write(file, settings.entrySet().stream().map(ProducerProcess::line).toList());
      Path log = Files.createTempFile(folder, "producer", ".log");
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().put("RIFFLE_CONFIG", file.toString());
      builder.redirectErrorStream(true).redirectOutput(log.toFile());
      return new ProducerProcess(builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String line(Map.Entry<String, String> setting) {
    return setting.getKey() + "=" + setting.getValue();
  }

  /** What it has said so far. */
  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

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
    return awaitEnd(limitSeconds);
  }

  /** The exit code, or -1 when it does not end within the limit. */
  int awaitEnd(long limitSeconds) throws InterruptedException {
    return process.waitFor(limitSeconds, TimeUnit.SECONDS) ? process.exitValue() : -1;
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
