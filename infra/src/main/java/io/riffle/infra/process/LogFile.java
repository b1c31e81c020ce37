package io.riffle.infra.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** A process's log; the last three runs are kept as {@code .1} to {@code .3}. */
public record LogFile(Path path) {
  private static final int KEPT = 3;
  private static final int TAIL_BYTES = 16 * 1024;

  /** Makes room for a new run. */
  public void rotate() {
    try {
      Files.createDirectories(path.getParent());
      for (int age = KEPT; age > 0; age--) {
        Path younger = age == 1 ? path : aged(age - 1);
        if (Files.exists(younger)) {
          Files.move(younger, aged(age), StandardCopyOption.REPLACE_EXISTING);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The last lines; empty when nothing was written. */
  public List<String> tail(int lines) {
    if (!Files.exists(path)) {
      return List.of();
    }
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      file.seek(Math.max(0, file.length() - TAIL_BYTES));
      byte[] end = new byte[(int) (file.length() - file.getFilePointer())];
      file.readFully(end);
      List<String> all = new String(end, StandardCharsets.UTF_8).lines().toList();
      return all.subList(Math.max(0, all.size() - lines), all.size());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path aged(int age) {
    return path.resolveSibling(path.getFileName() + "." + age);
  }
}
