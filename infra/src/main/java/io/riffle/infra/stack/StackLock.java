package io.riffle.infra.stack;

import io.riffle.infra.site.StackFolder;
import io.riffle.operations.site.StackException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps two commands from changing one stack; the system drops it with the process. Within a
 * process one thread waits for the other: who is interrupted while a stack starts stops it again.
 */
final class StackLock {
  private static final Lock THIS_PROCESS = new ReentrantLock();

  private StackLock() {}

  /**
   * Does the work, unless another command is at work in the folder.
   *
   * @throws StackException when it is, at once
   */
  static void whileHeld(StackFolder folder, Runnable work) {
    folder.create();
    THIS_PROCESS.lock();
    try (FileChannel channel =
        FileChannel.open(folder.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      if (channel.tryLock() == null) {
        throw new StackException("another riffle command works on " + folder.home());
      }
      work.run();
    } catch (IOException e) {
      throw new StackException("cannot lock " + folder.lock() + ": " + e, e);
    } finally {
      THIS_PROCESS.unlock();
    }
  }
}
