package io.riffle.infra.component;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * Copies of the jars that a build of ours rewrites. A JVM whose jar is overwritten fails in odd
 * ways, so running processes use copies, and a checksum tells when the original has moved on.
 */
final class OwnJars {
  private OwnJars() {}

  /** Our own jars are the only snapshots. */
  static boolean isOwn(Path jar) {
    return jar.getFileName().toString().endsWith("-SNAPSHOT.jar");
  }

  /** Of the names of all files and the contents of our own. */
  static String checksum(List<Path> folders) {
    CRC32 crc = new CRC32();
    for (Path file : files(folders, file -> true)) {
      crc.update(file.getFileName().toString().getBytes(StandardCharsets.UTF_8));
      if (isOwn(file)) {
        crc.update(bytes(file));
      }
    }
    return Long.toHexString(crc.getValue()).toLowerCase(Locale.ROOT);
  }

  /** Replaces the target's content by our own jars of one folder. */
  static void copyOwn(Path folder, Path target) {
    clear(target);
    files(List.of(folder), OwnJars::isOwn).forEach(jar -> copy(jar, target, folder));
  }

  /** Replaces the target's content by that of the folders, subfolders included. */
  static void copyFolders(List<Path> folders, Path target) {
    clear(target);
    for (Path folder : folders) {
      files(List.of(folder), file -> true).forEach(file -> copy(file, target, folder));
    }
  }

  private static List<Path> files(List<Path> folders, Predicate<Path> wanted) {
    return folders.stream()
        .filter(Files::isDirectory)
        .flatMap(OwnJars::walk)
        .filter(wanted)
        .toList();
  }

  private static Stream<Path> walk(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(Path file, Path target, Path base) {
    try {
      Path copy = target.resolve(base.relativize(file).toString());
      Files.createDirectories(copy.getParent());
      Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void clear(Path target) {
    try {
      Files.createDirectories(target);
      Files.walkFileTree(target, new FileDeletion());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class FileDeletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }
  }
}
