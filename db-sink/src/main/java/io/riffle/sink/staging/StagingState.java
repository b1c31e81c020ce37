package io.riffle.sink.staging;

import java.util.Optional;

/**
 * What is known of a staging table beside its rows, and what becomes of it in a batch. No I/O: see
 * {@link StagingTables}.
 */
final class StagingState {
  private EventVersion last;
  private Optional<Long> commitAt;
  private Optional<EventVersion> floor;
  private Optional<Long> sweptAt = Optional.empty();
  private long applied;
  private long inserted;
  private long updated;
  private long deleted;
  private long older;
  private long incomplete;
  private long rejected;

  /**
   * @param last place of the last event, with its offset
   * @param commitAt when the source committed it, in microseconds since 1970
   * @param floor the version of the last truncation
   */
  StagingState(EventVersion last, Optional<Long> commitAt, Optional<EventVersion> floor) {
    this.last = last;
    this.commitAt = commitAt;
    this.floor = floor;
  }

  /** Takes note of an event, whatever it does. */
  void passed(StagedEvent event, long offset) {
    if (isNews(event, offset)) {
      last = event.place().orElse(last).at(offset);
      commitAt = event.committedAt().or(() -> commitAt);
    }
  }

  /**
   * Whether an event stands behind all that the table has seen: in the source, since its topic may
   * have been made anew, or may hold what an archive had.
   */
  boolean isNews(StagedEvent event, long offset) {
    return event.place().orElse(last).at(offset).isNewerThan(last);
  }

  boolean isAboveFloor(EventVersion version) {
    return floor.map(version::isNewerThan).orElse(true);
  }

  void raiseFloor(EventVersion version) {
    if (isAboveFloor(version)) {
      floor = Optional.of(version);
    }
  }

  void swept(long at) {
    sweptAt = Optional.of(at);
  }

  /** An event of a row had an effect, or came too late for one. */
  void count(boolean hasEffect) {
    if (hasEffect) {
      applied++;
    } else {
      older++;
    }
  }

  /** A row was made. */
  void countNew(Folding row) {
    if (row.isThere()) {
      inserted++;
      incomplete += row.values().lacks() ? 1 : 0;
    } else {
      deleted++;
    }
  }

  /** Rows that were there. */
  void countStored(long changedRows, long goneRows, long returnedRows) {
    updated += changedRows;
    deleted += goneRows;
    inserted += returnedRows;
  }

  void countGone(long rows) {
    applied += rows;
    deleted += rows;
  }

  void countRejected() {
    rejected++;
  }

  EventVersion last() {
    return last;
  }

  /** When the source committed the last event; 1970 when none said it. */
  long lastCommitAt() {
    return commitAt.orElse(0L);
  }

  Optional<Long> commitAt() {
    return commitAt;
  }

  Optional<EventVersion> floor() {
    return floor;
  }

  Optional<Long> sweptAt() {
    return sweptAt;
  }

  /** Inserted, updated, deleted, unchanged, older, incomplete, rejected. */
  long[] counts() {
    long unchanged = Math.max(0, applied - inserted - updated - deleted);
    return new long[] {inserted, updated, deleted, unchanged, older, incomplete, rejected};
  }
}
