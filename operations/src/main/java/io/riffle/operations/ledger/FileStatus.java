package io.riffle.operations.ledger;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A file of the ledger with the totals of its newest load, or a manifest that has no files.
 *
 * @param manifest S3 key of the manifest
 * @param file name of the entry; empty when the manifest itself was refused
 * @param type the entry type, {@code _MERGE} included; empty with {@code file}
 * @param reason why the file is not loaded, when it is not
 * @param detail the place and what is wrong there; never a value
 * @param totals of the newest load of the whole file, once it is planned; redrives count no more
 *     than as {@code redriven}
 * @param rejects the first rejected records that are neither redriven nor superseded, in the order
 *     of the file
 */
public record FileStatus(
    String manifest,
    Optional<String> file,
    Optional<String> type,
    String state,
    Optional<String> reason,
    Optional<String> detail,
    Optional<Totals> totals,
    List<RejectedRecord> rejects) {

  private static final Set<String> MOVING = Set.of("DISCOVERED", "PLANNED", "LOADING");
  private static final Set<String> LOADED = Set.of("COMPLETED", "COMPLETED_WITH_REJECTS");

  public FileStatus {
    rejects = List.copyOf(rejects);
  }

  /**
   * Totals of a load; final once the file is COMPLETED or COMPLETED_WITH_REJECTS, but for {@code
   * redriven}.
   *
   * @param lines lines of the file, the header row included
   * @param records records of the file, rejected ones included
   * @param done records whose outcome the sink has stored so far
   * @param rejected records that the load rejected
   * @param redriven rejected records that went through later
   * @param repeatedKeys records whose key another record of the file has, too, all of a key but
   *     one; part of other counts, and 0 until the load is closed
   * @param seconds from the plan to the close, or to now
   * @param problem why the attempt cannot be closed, when its counts differ
   */
  public record Totals(
      int attempt,
      long lines,
      long records,
      long done,
      long applied,
      long older,
      long duplicate,
      long parked,
      long rejected,
      long redriven,
      long repeatedKeys,
      double seconds,
      Optional<String> problem) {

    /** How long the rest takes as fast as it went so far; empty when nothing is done yet. */
    public Optional<Duration> left() {
      return done <= 0 || seconds <= 0
          ? Optional.empty()
          : Optional.of(Duration.ofMillis(Math.round(1000 * (records - done) * seconds / done)));
    }

    /** Records per second over the attempt. */
    public double recordsPerSecond() {
      return seconds <= 0 ? 0 : records / seconds;
    }
  }

  /** S3 key of the file, beside its manifest; of a manifest without files, its own. */
  public String key() {
    return file.map(name -> manifest.substring(0, manifest.lastIndexOf('/') + 1) + name)
        .orElse(manifest);
  }

  /**
   * Whether the loader is still at it. FUTURE, TOO_OLD and most that wait need somebody else first;
   * what waits for its pre-validation does not.
   */
  public boolean moving() {
    boolean checked = state.equals("WAITING") && reason.equals(Optional.of("PRE_VALIDATION"));
    return (checked || MOVING.contains(state)) && totals.flatMap(Totals::problem).isEmpty();
  }

  public boolean loaded() {
    return LOADED.contains(state);
  }

  /**
   * Whether every record of the file is in the tables. A detail of a loaded file says that its
   * manifest was changed afterwards, and what it says now is not in the tables.
   */
  public boolean clean() {
    return (state.equals("COMPLETED") && detail.isEmpty()) || state.equals("SKIPPED");
  }
}
