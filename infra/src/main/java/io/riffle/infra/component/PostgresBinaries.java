package io.riffle.infra.component;

import io.riffle.operations.site.StackException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** Unpacks the server: a jar that holds one {@code .txz}. */
final class PostgresBinaries {
  private PostgresBinaries() {}

  /** Does nothing when it was done before; a half-unpacked folder never gets the final name. */
  static void unpack(Path lib, Path target) {
    if (Files.isDirectory(target)) {
      return;
    }
    Path fresh = target.resolveSibling(target.getFileName() + "." + ProcessHandle.current().pid());
    try (JarFile jar = new JarFile(jar(lib).toFile());
        InputStream archive = jar.getInputStream(archive(jar))) {
      extract(archive, fresh);
      publish(fresh, target);
    } catch (IOException e) {
      throw new StackException("cannot unpack Postgres: " + e, e);
    }
  }

  /** Another stack may have done the same meanwhile; then its copy is as good as ours. */
  private static void publish(Path fresh, Path target) throws IOException {
    try {
      Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (!Files.isDirectory(target)) {
        throw e;
      }
    }
  }

  private static void extract(InputStream archive, Path target) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(archive)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
          throw new IOException("entry outside of the archive: " + entry.getName());
        }
        write(tar, entry, path);
      }
    }
  }

  private static void write(InputStream tar, TarArchiveEntry entry, Path path) throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(path);
      return;
    }
    Files.createDirectories(path.getParent());
    Files.deleteIfExists(path);
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
    } else {
      Files.copy(tar, path);
      Files.setPosixFilePermissions(path, permissions(entry));
    }
  }

  private static Set<PosixFilePermission> permissions(TarArchiveEntry entry) {
    boolean program = (entry.getMode() & 0100) != 0;
    return PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--");
  }

  private static Path jar(Path lib) throws IOException {
    try (Stream<Path> jars = Files.list(lib)) {
      return jars.findFirst().orElseThrow(() -> new IOException("no jar in " + lib));
    }
  }

  private static JarEntry archive(JarFile jar) throws IOException {
    return jar.stream()
        .filter(entry -> entry.getName().endsWith(".txz"))
        .findFirst()
        .orElseThrow(() -> new IOException("no .txz in " + jar.getName()));
  }
}
