package io.riffle.bench.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Folders for files of one round. */
public final class WorkFolder {

  private WorkFolder() {}

  /** Makes the folder, or deletes the files in it. */
  public static Path empty(Path folder) throws IOException {
    Files.createDirectories(folder);
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path file : List.copyOf(entries.toList())) {
        Files.delete(file);
      }
    }
    return folder;
  }
}
