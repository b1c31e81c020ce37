package io.riffle.infra.stack;

import io.riffle.infra.site.StackException;
import io.riffle.infra.site.StackFolder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;

/** Keeps two commands from changing one stack; the system drops it with the process. */
final class StackLock {
  private StackLock() {}

  /**
   * Does the work, unless another command is at work in the folder.
   *
   * @throws StackException when it is, at once
   */
  static void whileHeld(StackFolder folder, Runnable work) {
    folder.create();
    try (FileChannel channel =
        FileChannel.open(folder.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      if (!locks(channel)) {
        throw new StackException("another riffle command works on " + folder.home());
      }
      work.run();
    } catch (IOException e) {
      throw new StackException("cannot lock " + folder.lock() + ": " + e, e);
    }
  }

  private static boolean locks(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }
}
