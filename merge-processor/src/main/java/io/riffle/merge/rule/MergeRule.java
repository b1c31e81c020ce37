package io.riffle.merge.rule;

import io.riffle.schemas.control.Version;
import java.util.List;
import java.util.Optional;

/**
 * Takes a record into the state of its key. The state after a number of records does not depend on
 * their order or on repetitions; the outcomes do. The package's page lists the corner cases.
 */
public final class MergeRule {

  private MergeRule() {}

  /** Takes the record in and tells what became of it. */
  public static Outcome apply(KeyState state, RifRecord record) {
    boolean isNew = state.see(record.version());
    Found found = state.isDeletedAt(record.version()) ? Found.NOTHING : take(state, record);
    if (found == Found.WON) {
      return Outcome.APPLIED;
    } else if (found == Found.ABSENT_TARGET) {
      return Outcome.PARKED;
    }
    return isNew ? Outcome.OLDER : Outcome.DUPLICATE;
  }

  /** What a record found to do, the first that holds. */
  private enum Found {
    WON,
    ABSENT_TARGET,
    NOTHING
  }

  private static Found take(KeyState state, RifRecord record) {
    if (record instanceof RifRecord.Full full) {
      return won(takeFull(state, full));
    } else if (record instanceof RifRecord.Patch patch) {
      return takePatch(state, patch);
    } else if (record instanceof RifRecord.History history) {
      return takeHistory(state, history);
    }
    state.delete(record.version());
    return Found.WON;
  }

  private static Found won(boolean won) {
    return won ? Found.WON : Found.NOTHING;
  }

  private static boolean takeFull(KeyState state, RifRecord.Full record) {
    Version version = record.version();
    boolean newest = state.isNewestFull(version);
    boolean won = state.header().offer(version, Cell.FROM_FULL, record.header(), column -> true);
    for (int number : record.lines().keySet()) {
      Line line = state.line(number);
      won |= takeLine(state, record, line, number, newest);
    }
    won |= takeIdentity(state, record);
    if (newest) {
      state.newestFull(version, record.lines());
    } else {
      state.dropEmptyLines();
    }
    return won || newest;
  }

  /** Whether the record changed the history. */
  private static boolean takeIdentity(KeyState state, RifRecord.Full record) {
    Optional<IdentityColumns> columns = state.shape().identity();
    if (columns.isEmpty()) {
      return false;
    }
    List<Former> before = state.former();
    state.identities().add(record.version(), columns.get().of(record.header()));
    return !before.equals(state.former());
  }

  private static Found takeHistory(KeyState state, RifRecord.History record) {
    Identities.Sent row = new Identities.Sent(record.file(), record.identity());
    boolean isNew = state.identities().add(record.version(), row);
    return state.exists() ? won(isNew) : Found.ABSENT_TARGET;
  }

  /** Whether a field won in a line that exists, or the record is the newest of its year. */
  private static boolean takeLine(
      KeyState state, RifRecord.Full record, Line line, int number, boolean newest) {
    Version version = record.version();
    boolean exists = newest || line.exists();
    boolean won =
        line.cells()
            .offer(
                version,
                Cell.FROM_FULL,
                record.lines().get(number),
                column -> exists || state.mayMatterInAbsentLine(version, column));
    boolean newestOfYear = state.shape().years() && line.offerBase(version);
    return newestOfYear || (won && exists);
  }

  private static Found takePatch(KeyState state, RifRecord.Patch record) {
    boolean won =
        state.header().offer(record.version(), record.file(), record.header(), column -> true);
    boolean visible = won && state.exists();
    boolean absent = !state.exists();
    for (int number : record.lines().keySet()) {
      Line line = state.line(number);
      visible |= takeLine(state, record, line, number) && line.exists();
      absent |= !line.exists();
    }
    state.dropEmptyLines();
    return visible ? Found.WON : absent ? Found.ABSENT_TARGET : Found.NOTHING;
  }

  private static boolean takeLine(KeyState state, RifRecord.Patch record, Line line, int number) {
    Version version = record.version();
    return line.cells()
        .offer(
            version,
            record.file(),
            record.lines().get(number),
            column -> line.exists() || state.mayMatterInAbsentLine(version, column));
  }
}
