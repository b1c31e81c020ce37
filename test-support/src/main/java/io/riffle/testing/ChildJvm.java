package io.riffle.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program in a JVM of its own with the class path of this one, so that it can be killed, frozen
 * and told to end as in production.
 */
public final class ChildJvm implements AutoCloseable {
  private final Process process;
  private final Path log;

  private ChildJvm(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts it.
   *
   * @param jvmOptions the last of those that contradict each other counts
   * @param mainAndArguments the class to run, and what it is given
   * @param environment variables besides those of this JVM
   * @param log where its output goes, behind what is there
   */
  public static ChildJvm start(
      List<String> jvmOptions,
      List<String> mainAndArguments,
      Map<String, String> environment,
      Path log) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(mainAndArguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    try {
      return new ChildJvm(builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it, and whatever shares its log, has said so far. */
  public String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it at once, as {@code kill -9} does, and waits until it is gone. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** It stands still, with its connections open, until {@link #resume}. */
  public void freeze() {
    Signals.freeze(process);
  }

  /** It goes on as if nothing had happened. */
  public void resume() {
    Signals.resume(process);
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** SIGTERM; the exit code, or -1 when it takes longer than the limit. */
  public int terminate(long limitSeconds) throws InterruptedException {
    signalEnd();
    return awaitEnd(limitSeconds);
  }

  /** SIGTERM, which one that stands at a {@link NamedPoint} sees when it is released. */
  public void signalEnd() {
    process.destroy();
  }

  /** The exit code, or -1 when it does not end within the limit. */
  public int awaitEnd(long limitSeconds) throws InterruptedException {
    return process.waitFor(limitSeconds, TimeUnit.SECONDS) ? process.exitValue() : -1;
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
