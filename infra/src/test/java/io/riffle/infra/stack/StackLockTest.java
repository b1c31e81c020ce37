package io.riffle.infra.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.infra.site.StackFolder;
import io.riffle.operations.site.StackException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackLockTest {
  @TempDir Path home;

  private final List<String> done = Collections.synchronizedList(new ArrayList<>());
  private StackFolder folder;

  @BeforeEach
  void createFolder() {
    folder = new StackFolder(home).create();
  }

  /** As when a command is interrupted while it starts the stack: its end has to stop it. */
  @Test
  void aThreadOfTheSameProcessWaits() throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    CompletableFuture<Void> start =
        run(
            () -> {
              held.countDown();
              awaitQuietly(interrupted);
              done.add("started");
            });
    assertThat(held.await(10, TimeUnit.SECONDS)).isTrue();
    CompletableFuture<Void> stop = run(() -> done.add("stopped"));

    interrupted.countDown();
    CompletableFuture.allOf(start, stop).get(10, TimeUnit.SECONDS);

    assertThat(done).containsExactly("started", "stopped");
  }

  @Test
  void theLockIsFreeAfterAFailure() {
    assertThatThrownBy(
            () ->
                StackLock.whileHeld(
                    folder,
                    () -> {
                      throw new StackException("nothing works");
                    }))
        .hasMessage("nothing works");

    StackLock.whileHeld(folder, () -> done.add("next"));

    assertThat(done).containsExactly("next");
  }

  @Test
  void theFileIsLockedForOtherProcesses() {
    StackLock.whileHeld(
        folder,
        () -> assertThatThrownBy(this::lock).isInstanceOf(OverlappingFileLockException.class));
  }

  private void lock() throws IOException {
    try (FileChannel channel = FileChannel.open(folder.lock(), StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      done.add("locked " + lock);
    }
  }

  private CompletableFuture<Void> run(Runnable work) {
    return CompletableFuture.runAsync(() -> StackLock.whileHeld(folder, work));
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
