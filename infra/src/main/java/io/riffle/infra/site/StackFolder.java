package io.riffle.infra.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The folder of one stack: {@code data/}, {@code conf/} (rendered, private), {@code logs/}, {@code
 * run/} (what was started).
 */
public record StackFolder(Path home) {
  public StackFolder {
    home = home.toAbsolutePath().normalize();
  }

  public Path data(String instance) {
    return home.resolve("data").resolve(instance);
  }

  public Path conf(String instance) {
    return home.resolve("conf").resolve(instance);
  }

  public Path log(String instance) {
    return home.resolve("logs").resolve(instance + ".log");
  }

  public Path runs() {
    return home.resolve("run");
  }

  /** Unpacked programs and copies of our own jars. */
  public Path programs(String name) {
    return home.resolve("programs").resolve(name);
  }

  public Path secrets() {
    return home.resolve("secrets.properties");
  }

  public Path ports() {
    return home.resolve("ports.properties");
  }

  public Path lock() {
    return home.resolve("lock");
  }

  /** Makes what is missing. Rendered configuration holds passwords: only the owner reads it. */
  public StackFolder create() {
    directory(home, "rwx--x--x");
    directory(home.resolve("data"), "rwx--x--x");
    directory(home.resolve("conf"), "rwx------");
    directory(home.resolve("logs"), "rwxr-xr-x");
    directory(home.resolve("run"), "rwxr-xr-x");
    directory(home.resolve("programs"), "rwxr-xr-x");
    return this;
  }

  /** Deletes everything, data included. */
  public void purge() {
    if (!Files.exists(home)) {
      return;
    }
    try {
      Files.walkFileTree(home, new Deletion());
    } catch (IOException e) {
      throw new StackException("cannot delete " + home + ": " + e, e);
    }
  }

  private static void directory(Path path, String permissions) {
    try {
      if (Files.isDirectory(path)) {
        return;
      }
      Files.createDirectories(path);
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot create " + path, e);
    }
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
      if (failure != null) {
        throw failure;
      }
      Files.delete(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
