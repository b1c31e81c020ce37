package io.riffle.infra.site;

import io.riffle.operations.site.StackException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folder of one stack: {@code data/}, {@code conf/} (rendered, private), {@code logs/}, {@code
 * run/} (what was started).
 */
public record StackFolder(Path home) {
  /** All that a stack puts into its folder; nothing else is ever deleted. */
  private static final Set<String> OWN =
      Set.of(
          "data",
          "conf",
          "logs",
          "run",
          "programs",
          "demo",
          "cdc-secrets",
          "prometheus",
          "lock",
          "ports.properties",
          "deployment.properties",
          "console-users",
          "secrets.properties",
          "variables.properties");

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

  /** Variables that whoever started the stack gave its programs. */
  public Path variables() {
    return home.resolve("variables.properties");
  }

  public Path ports() {
    return home.resolve("ports.properties");
  }

  public Path deployment() {
    return home.resolve("deployment.properties");
  }

  public Path lock() {
    return home.resolve("lock");
  }

  /** Passwords of captured databases, a file each. */
  public Path cdcSecrets() {
    return home.resolve("cdc-secrets");
  }

  /** Who may sign in to the console. */
  public Path consoleUsers() {
    return home.resolve("console-users");
  }

  /** What a Prometheus is told of the stack. */
  public Path prometheus() {
    return home.resolve("prometheus");
  }

  /** The programs that it watches, with their addresses; the console asks them, too. */
  public Path targets() {
    return prometheus().resolve("targets.json");
  }

  /** Data sets that the demo generates. */
  public Path demo() {
    return home.resolve("demo");
  }

  /**
   * Makes what is missing. Rendered configuration holds passwords: only the owner reads it.
   *
   * @throws StackException when the folder is in use for something else
   */
  public StackFolder create() {
    if (!Files.exists(lock()) && entries().stream().anyMatch(entry -> !isOwn(entry))) {
      throw new StackException(
          home + " holds other things and no stack: choose an empty or new folder as --home");
    }
    directory(home, "rwx--x--x");
    directory(home.resolve("data"), "rwx--x--x");
    directory(home.resolve("conf"), "rwx------");
    directory(cdcSecrets(), "rwx------");
    directory(home.resolve("logs"), "rwxr-xr-x");
    directory(home.resolve("run"), "rwxr-xr-x");
    directory(home.resolve("programs"), "rwxr-xr-x");
    return this;
  }

  /** Deletes the stack, data included, and the folder if nothing else is in it. */
  public void purge() {
    try {
      for (Path entry : entries()) {
        if (isOwn(entry)) {
          Files.walkFileTree(entry, new Deletion());
        }
      }
      if (entries().isEmpty()) {
        Files.deleteIfExists(home);
      }
    } catch (IOException e) {
      throw new StackException("cannot delete the stack in " + home + ": " + e, e);
    }
  }

  private List<Path> entries() {
    if (!Files.isDirectory(home)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(home)) {
      return entries.toList();
    } catch (IOException e) {
      throw new StackException("cannot read " + home + ": " + e, e);
    }
  }

  private static boolean isOwn(Path entry) {
    return OWN.contains(entry.getFileName().toString());
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
