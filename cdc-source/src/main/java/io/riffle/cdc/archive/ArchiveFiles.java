package io.riffle.cdc.archive;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Files that may be loaded: every one was read, and is what its manifest says. */
public final class ArchiveFiles {
  private final List<ArchivedFile> files;

  private ArchiveFiles(List<ArchivedFile> files) {
    this.files = files;
  }

  /**
   * Which files.
   *
   * @param set whose archive it is
   * @param table asked with {@code schema.table}, both as they are in the name of the topic
   * @param from first day of the source's commits; empty for the oldest
   * @param to last day
   */
  public record Selection(
      String set,
      String source,
      Predicate<String> table,
      Optional<LocalDate> from,
      Optional<LocalDate> to) {

    private boolean has(Manifest manifest) {
      LocalDate day = LocalDate.parse(manifest.day());
      return table.test(manifest.schema() + "." + manifest.table())
          && from.filter(day::isBefore).isEmpty()
          && to.filter(day::isAfter).isEmpty();
    }
  }

  /**
   * Looks at every file of a selection, and whether it suits what it is to be put into.
   *
   * @throws ArchiveProblemsException naming every problem
   */
  public static ArchiveFiles verified(
      ArchiveConfig config, ArchiveStore store, Selection selection, LoadTarget target) {
    List<String> problems = new ArrayList<>();
    String folder = ArchivedTable.folder(config.prefix(), selection.set(), selection.source());
    List<ArchivedFile> files = files(store, folder, selection, problems);
    // as the events were: a topic that is made again, and counts from 0, goes with a new epoch
    files.sort(
        Comparator.comparing((ArchivedFile file) -> file.manifest().topic())
            .thenComparing(ArchivedFile::firstEpoch)
            .thenComparing(file -> file.manifest().firstOffset()));
    files.forEach(file -> file.problem().ifPresent(problems::add));
    problems.addAll(target.problems(files));
    if (files.isEmpty() && problems.isEmpty()) {
      problems.add("no files under " + store.address(folder));
    }
    if (!problems.isEmpty()) {
      throw new ArchiveProblemsException(problems);
    }
    return new ArchiveFiles(files);
  }

  private static List<ArchivedFile> files(
      ArchiveStore store, String folder, Selection selection, List<String> problems) {
    List<ArchivedFile> files = new ArrayList<>();
    for (String key : store.keys(folder)) {
      if (key.endsWith(Manifest.ENDING)) {
        String name = key.substring(0, key.length() - Manifest.ENDING.length());
        try {
          Manifest manifest = Manifest.parse(store.whole(key));
          if (selection.has(manifest)) {
            files.add(new ArchivedFile(store, name + Manifest.FILE_ENDING, manifest));
          }
        } catch (IOException | RuntimeException e) {
          problems.add(store.address(key) + ": is no manifest");
        }
      }
    }
    return files;
  }

  List<ArchivedFile> all() {
    return files;
  }

  /** The newest epoch of all rows. */
  public int epoch() {
    return files.stream().mapToInt(ArchivedFile::epoch).max().orElse(0);
  }
}
