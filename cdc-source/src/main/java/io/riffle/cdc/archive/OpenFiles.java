package io.riffle.cdc.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A local folder of one archiver for the files that it writes. What a killed one left, which is
 * health data, is deleted by the next that uses the same folder: whose lock is free is dead.
 */
final class OpenFiles implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(OpenFiles.class);
  private static final String NAME = "cdc-archive-";
  private static final String LOCK = "lock";

  private final Path path;
  private final FileChannel lock;

  private OpenFiles(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /** Makes a folder, readable by this user alone, in another one. */
  static OpenFiles in(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (Path other : others(folder)) {
      deleteDead(other);
    }
    Path path = Files.createTempDirectory(folder, NAME);
    FileChannel lock =
        FileChannel.open(
            path.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    if (lock.tryLock() == null) {
      lock.close();
      throw new IOException("another process took the folder " + path);
    }
    return new OpenFiles(path, lock);
  }

  Path path() {
    return path;
  }

  @Override
  public void close() {
    try (lock) {
      delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException("deleting " + path, e);
    }
  }

  private static List<Path> others(Path folder) throws IOException {
    List<Path> others = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, NAME + "*")) {
      found.forEach(others::add);
    }
    return others;
  }

  /** One without a lock's file is just being made, or being deleted. */
  private static void deleteDead(Path other) throws IOException {
    if (!Files.exists(other.resolve(LOCK))) {
      return;
    }
    try (FileChannel channel = FileChannel.open(other.resolve(LOCK), StandardOpenOption.WRITE);
        FileLock free = channel.tryLock()) {
      if (free != null) {
        delete(other);
      }
    } catch (OverlappingFileLockException e) {
      log.atDebug().addKeyValue("folder", other).log("another archiver of this process has it");
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
        for (Path file : files) {
          Files.deleteIfExists(file);
        }
      }
      Files.deleteIfExists(folder);
    }
  }
}
