package io.riffle.bench.meter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads {@code /proc}. What ends while it is being read counts as not there. */
final class Proc {

  private static final Path ROOT = Path.of("/proc");

  private Proc() {}

  /**
   * The same as {@link #tree}, and none that ends meanwhile is lost: one that was waited for behind
   * the reading of its parent and before its own would be in neither, so it is read until nobody
   * came, went or was waited for between two readings.
   */
  static List<ProcStat> settledTree(long pid) {
    List<ProcStat> before = tree(pid);
    List<ProcStat> tree = tree(pid);
    while (!ended(before).equals(ended(tree))) {
      before = tree;
      tree = tree(pid);
    }
    return tree;
  }

  /** What the ended children of each used. */
  private static Map<Long, Long> ended(List<ProcStat> tree) {
    return tree.stream().collect(Collectors.toMap(ProcStat::pid, ProcStat::childTicks));
  }

  /** A process and all its descendants that run now. */
  static List<ProcStat> tree(long pid) {
    List<ProcStat> all = stats(ROOT);
    List<ProcStat> tree = new ArrayList<>();
    Deque<Long> open = new ArrayDeque<>(List.of(pid));
    while (!open.isEmpty()) {
      long next = open.pop();
      for (ProcStat stat : all) {
        if (stat.pid() == next) {
          tree.add(stat);
        } else if (stat.parent() == next) {
          open.push(stat.pid());
        }
      }
    }
    return tree;
  }

  /** The same, each named as its command line, which Postgres makes say what the process does. */
  static List<ProcStat> titledTree(long pid) {
    return tree(pid).stream()
        .map(one -> one.named(commandLine(one.pid()).stream().findFirst().orElse(one.name())))
        .toList();
  }

  static Optional<ProcStat> process(long pid) {
    return text(ROOT.resolve(Long.toString(pid)).resolve("stat")).map(ProcStat::parse);
  }

  static List<ProcStat> threads(long pid) {
    return stats(ROOT.resolve(Long.toString(pid)).resolve("task"));
  }

  /** {@code /proc/PID/status}; empty when there is no such process. */
  static Optional<String> status(long pid) {
    return text(ROOT.resolve(Long.toString(pid)).resolve("status"));
  }

  /** The words of the command line; empty when there is no such process. */
  static List<String> commandLine(long pid) {
    return text(ROOT.resolve(Long.toString(pid)).resolve("cmdline"))
        .map(line -> List.of(line.split("\0", -1)))
        .orElse(List.of());
  }

  private static List<ProcStat> stats(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> Character.isDigit(entry.getFileName().toString().charAt(0)))
          .flatMap(entry -> text(entry.resolve("stat")).stream())
          .map(ProcStat::parse)
          .toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of();
    }
  }

  private static Optional<String> text(Path file) {
    try {
      return Optional.of(Files.readString(file));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
