package io.riffle.merge.rule;

import io.riffle.schemas.control.Version;
import java.util.NavigableSet;
import java.util.Optional;

/**
 * Tells a record whose key another record of its file has, too. Of the records of one key in one
 * file it tells all but one, in whatever order they come, and the same when all of them come again.
 *
 * <p>The key of a person's record is the person and the year. What is known of a year is its newest
 * record only, and a DELETE is of no year. So of persons fewer are told where a newer file has
 * overtaken the year or a DELETE has ended it; never one that is alone.
 */
public final class RepeatedKey {

  private RepeatedKey() {}

  /** Asks before {@link MergeRule#apply} takes the record in. */
  public static boolean isRepeated(KeyState state, RifRecord record) {
    return state.shape().years()
        ? isRepeatedYear(state, record)
        : isRepeated(state.seen(), record.version());
  }

  /** One that comes first counts if any other is there, one that comes again if a later one is. */
  private static boolean isRepeated(NavigableSet<Version> seen, Version version) {
    Version later = seen.higher(version);
    Version earlier = seen.lower(version);
    return isOther(version, later) || (isOther(version, earlier) && !seen.contains(version));
  }

  private static boolean isRepeatedYear(KeyState state, RifRecord record) {
    Version version = record.version();
    if (record instanceof RifRecord.Full full) {
      return newest(state, full).filter(newest -> isOther(version, newest)).isPresent();
    } else if (record instanceof RifRecord.Patch patch) {
      return patch.lines().isEmpty()
          ? state.header().hasAny(other -> isOther(version, other))
          : isPatched(state, patch);
    }
    return false;
  }

  /** The newest FULL record of the year; of the person, where the file has no years. */
  private static Optional<Version> newest(KeyState state, RifRecord.Full record) {
    return record.lines().isEmpty()
        ? state.marks().full()
        : Optional.ofNullable(state.lines().get(record.lines().firstKey())).flatMap(Line::base);
  }

  private static boolean isPatched(KeyState state, RifRecord.Patch record) {
    Line line = state.lines().get(record.lines().firstKey());
    return line != null && line.cells().hasAny(other -> isOther(record.version(), other));
  }

  private static boolean isOther(Version version, Version other) {
    return other != null && other.isOfFile(version) && !other.equals(version);
  }
}
