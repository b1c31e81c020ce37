package io.riffle.infra.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process of this machine that may not be a child of ours: a pid and, because pids are used
 * again, the start time that goes with it.
 */
public record OsProcess(long pid, Instant startedAt) {
  /** Linux derives start times from the boot time, which moves when the clock is set. */
  private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(2);

  /** The process with that pid now; empty when there is none. */
  static Optional<OsProcess> running(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(handle -> handle.info().startInstant())
        .map(start -> new OsProcess(pid, start));
  }

  public boolean isAlive() {
    return handle().isPresent() && !isZombie();
  }

  /** Sends a signal by name, {@code TERM}, {@code INT}, {@code KILL}; quietly nothing if gone. */
  public void signal(String name) {
    if (!isAlive()) {
      return;
    }
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(pid))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new IllegalStateException("cannot run 'kill'", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Asks it to end, waits, and kills it when it does not. True if it ended by itself. */
  public boolean end(String signal, Duration patience) {
    signal(signal);
    if (awaitEnd(patience)) {
      return true;
    }
    kill();
    return false;
  }

  public void kill() {
    signal("KILL");
    awaitEnd(Duration.ofSeconds(10));
  }

  /** True when it has ended within the time. */
  public boolean awaitEnd(Duration patience) {
    Optional<ProcessHandle> handle = handle();
    if (handle.isEmpty()) {
      return true;
    }
    try {
      handle.get().onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return !isAlive();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Resident memory in bytes, where the system tells. */
  public OptionalLong memory() {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
          .findFirst();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  private Optional<ProcessHandle> handle() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(handle -> handle.info().startInstant().map(this::isOurs).orElse(false));
  }

  private boolean isOurs(Instant start) {
    return Duration.between(start, startedAt).abs().compareTo(CLOCK_TOLERANCE) <= 0;
  }

  /** Dead, but its parent has not looked yet. */
  private boolean isZombie() {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2) == 'Z';
    } catch (IOException e) {
      return false;
    }
  }
}
