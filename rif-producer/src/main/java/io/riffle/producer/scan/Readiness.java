package io.riffle.producer.scan;

import io.riffle.producer.ledger.FileState;
import io.riffle.producer.ledger.LedgerFile;
import io.riffle.schemas.control.Version;
import io.riffle.schemas.layout.Layouts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The rules on when a manifest's files may be planned. All files of a manifest wait for each
 * other's objects, those of types without layout excepted. No I/O.
 */
final class Readiness {

  /** The state that a file should have now. */
  record Verdict(FileState state, Optional<String> detail) {
    static final Verdict READY = new Verdict(FileState.DISCOVERED, Optional.empty());

    static Verdict of(FileState state, String detail) {
      return new Verdict(state, Optional.of(detail));
    }
  }

  private static final int FIRST_ATTEMPT = 1;
  private static final int MOST_NAMED = 5;

  private final Layouts layouts;
  private final Duration window;

  Readiness(Layouts layouts, Duration window) {
    this.layouts = layouts;
    this.window = window;
  }

  /**
   * What is missing of a manifest: names of entries, empty when all is there.
   *
   * @param unplanned the manifest's files that are not planned yet
   * @param present keys of the objects in its folder
   */
  List<String> missing(List<LedgerFile> unplanned, Set<String> present) {
    return unplanned.stream()
        .filter(file -> isWanted(file) && !present.contains(file.s3Key()))
        .map(LedgerFile::name)
        .toList();
  }

  Verdict verdict(LedgerFile file, List<String> missing, Instant now) {
    Instant instant = Version.toInstant(file.version().instant());
    if (!isWanted(file)) {
      return Verdict.of(FileState.SKIPPED, file.name() + ": no layout for " + file.entryType());
    }
    if (instant.isAfter(now)) {
      return Verdict.of(FileState.FUTURE, file.name() + ": its time is " + instant);
    }
    if (instant.isBefore(now.minus(window)) && !file.requested() && !isReload(file)) {
      return Verdict.of(
          FileState.TOO_OLD, file.name() + ": older than " + window.toDays() + " days");
    }
    return missing.isEmpty() ? Verdict.READY : Verdict.of(FileState.WAITING, names(missing));
  }

  private boolean isWanted(LedgerFile file) {
    return layouts.find(file.type()).isPresent();
  }

  /** Somebody wanted it loaded again; its age is no surprise. */
  private static boolean isReload(LedgerFile file) {
    return file.attempt() > FIRST_ATTEMPT;
  }

  private static String names(List<String> missing) {
    String some = String.join(", ", missing.subList(0, Math.min(MOST_NAMED, missing.size())));
    int more = missing.size() - MOST_NAMED;
    String rest = more > 0 ? " and " + more + " more" : "";
    return some + rest + (missing.size() == 1 ? " is missing" : " are missing");
  }
}
