package io.riffle.chaos.check;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.riffle.chaos.check.Finding.Kind;
import io.riffle.chaos.data.Canary;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** No log shows health data: all logs of the stack, those of earlier runs of a service too. */
public final class NoValueInLogs {

  private final Path folder;

  /** Hashes of lines: a log that gets a new name does not count again. */
  private final Set<Integer> known = new HashSet<>();

  private long lines;

  public NoValueInLogs(Path folder) {
    this.folder = folder;
  }

  /** Reads all logs; lines that were found before are not found again. */
  public List<Finding> look() throws IOException {
    List<Finding> findings = new ArrayList<>();
    lines = 0;
    for (Path file : files()) {
      long leaked = leaked(file);
      if (leaked > 0) {
        String what = folder.relativize(file) + " shows values in " + leaked + " lines";
        findings.add(new Finding("NoValueInLogs", Kind.LEAKED, what, leaked));
      }
    }
    return findings;
  }

  /** How many were read in the last look. */
  public long lines() {
    return lines;
  }

  private long leaked(Path file) throws IOException {
    long leaked = 0;
    try (BufferedReader text = Files.newBufferedReader(file, ISO_8859_1)) {
      for (String line = text.readLine(); line != null; line = text.readLine()) {
        lines++;
        if (Canary.in(line) && known.add(line.hashCode())) {
          leaked++;
        }
      }
    } catch (NoSuchFileException e) {
      return leaked; // it was rotated away meanwhile
    }
    return leaked;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
