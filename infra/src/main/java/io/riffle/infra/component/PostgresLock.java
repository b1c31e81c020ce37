package io.riffle.infra.component;

import io.riffle.operations.site.StackException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The lock file in Postgres's data folder. Postgres clears one that a crash left, unless the pid in
 * it exists: a dead process whose parent has not looked yet, or another program after a reboot. The
 * kernel knows better: every Postgres process works in its data folder.
 */
final class PostgresLock {
  private static final Path PROC = Path.of("/proc");
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private PostgresLock() {}

  /**
   * Deletes the lock once no process is left in the folder; orphans of a killed server take a
   * moment to notice. Where the system does not tell, or someone stays, Postgres itself has to
   * judge.
   */
  static void clearStale(Path data) {
    Path lock = data.resolve("postmaster.pid");
    if (!Files.exists(lock) || !Files.isDirectory(PROC.resolve("self"))) {
      return;
    }
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (isInUse(data)) {
      if (System.nanoTime() > deadline) {
        return;
      }
      pause();
    }
    delete(lock);
  }

  private static boolean isInUse(Path data) {
    try {
      Path folder = data.toRealPath();
      return ProcessHandle.allProcesses().anyMatch(process -> worksIn(folder, process.pid()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean worksIn(Path folder, long pid) {
    try {
      return Files.readSymbolicLink(PROC.resolve(pid + "/cwd")).equals(folder);
    } catch (IOException e) {
      // gone, dead, or somebody else's and thus no server of ours
      return false;
    }
  }

  private static void delete(Path lock) {
    try {
      Files.deleteIfExists(lock);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("interrupted", e);
    }
  }
}
