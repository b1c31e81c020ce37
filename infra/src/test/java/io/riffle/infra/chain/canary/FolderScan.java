package io.riffle.infra.chain.canary;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Looks through log files, those of earlier runs too. */
final class FolderScan {

  private FolderScan() {}

  static Sightings of(Path folder) throws IOException {
    Sightings sightings = new Sightings();
    for (Path file : files(folder)) {
      List<String> lines = new String(Files.readAllBytes(file), ISO_8859_1).lines().toList();
      for (int i = 0; i < lines.size(); i++) {
        sightings.look(folder.relativize(file) + ":" + (i + 1), lines.get(i));
      }
    }
    return sightings;
  }

  /** Files that hold a text that is secret. */
  static List<Path> having(String secret, Path folder) throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path file : files(folder)) {
      if (new String(Files.readAllBytes(file), ISO_8859_1).contains(secret)) {
        found.add(folder.relativize(file));
      }
    }
    return found;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
