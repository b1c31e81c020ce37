package io.riffle.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A file system of a few megabytes in memory, to be filled up. Mounting one takes root. */
public final class SmallDisk implements AutoCloseable {
  private static final int PAGE = 4096;

  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /** Mounts one; empty where that is not allowed. */
  public static Optional<SmallDisk> mount(int megabytes) {
    Path folder = ServerFiles.temporaryFolder("disk");
    String size = "size=" + megabytes + "m";
    if (run("mount", "-t", "tmpfs", "-o", size, "tmpfs", folder.toString())) {
      return Optional.of(new SmallDisk(folder));
    }
    ServerFiles.delete(folder);
    return Optional.empty();
  }

  public Path folder() {
    return folder;
  }

  /** Takes all space but this much. */
  public void fillBut(long bytes) {
    byte[] page = new byte[PAGE];
    try (OutputStream out = Files.newOutputStream(filler())) {
      while (folder.toFile().getUsableSpace() > bytes) {
        out.write(page);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives back what was filled. */
  public void free() {
    try {
      Files.deleteIfExists(filler());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lazily, as a killed process may take a moment to let go of its files. */
  @Override
  public void close() {
    if (!run("umount", "--lazy", folder.toString())) {
      throw new IllegalStateException(folder + " is still mounted");
    }
    ServerFiles.delete(folder);
  }

  private Path filler() {
    return folder.resolve("filler");
  }

  private static boolean run(String... command) {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
