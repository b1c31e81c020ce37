package io.riffle.cdc.run;

import io.riffle.cdc.connector.Connect;
import io.riffle.cdc.connector.StoredOffset;
import io.riffle.cdc.guard.Expected;
import io.riffle.cdc.guard.Gap;
import io.riffle.cdc.guard.GapCheck;
import io.riffle.cdc.guard.SlotState;
import io.riffle.cdc.ledger.SlotNote;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Looks at a slot, and at what was read of it. */
final class SlotWatch {
  private final Connect connect;
  private final Clock clock;

  SlotWatch(Connect connect, Clock clock) {
    this.connect = connect;
    this.clock = clock;
  }

  /** What was seen, and the gap that shows in it. */
  record Seen(SlotNote note, Optional<Gap> gap) {}

  /**
   * The slot first: what is stored meanwhile may let it move on.
   *
   * @param ofEpoch whether the connector has been made, or made anew, for this slot: what it has
   *     stored before is of another one
   */
  Seen look(Connection source, String connector, Expected expected, boolean ofEpoch)
      throws SQLException {
    SlotState state = SlotState.read(source, expected.slot());
    Instant now = now(source);
    Optional<StoredOffset> offset = ofEpoch ? connect.offset(connector) : Optional.empty();
    Optional<Gap> gap = GapCheck.find(expected, state, offset.map(StoredOffset::lsn));
    return new Seen(note(expected, state, offset, now), gap);
  }

  private SlotNote note(
      Expected expected, SlotState state, Optional<StoredOffset> offset, Instant now) {
    Optional<SlotState.Slot> slot = state.slot();
    return new SlotNote(
        expected.slot(),
        clock.instant(),
        slot.map(SlotState.Slot::active).orElse(false),
        slot.map(SlotState.Slot::walStatus).orElse("missing"),
        slot.flatMap(SlotState.Slot::confirmedLsn),
        offset.map(StoredOffset::lsn),
        state.serverLsn(),
        slot.map(SlotState.Slot::retainedBytes).orElse(0L),
        slot.flatMap(SlotState.Slot::safeBytes),
        offset.flatMap(StoredOffset::at).map(at -> seconds(Duration.between(at, now))));
  }

  private static double seconds(Duration behind) {
    return Math.max(0, behind.toMillis() / 1000.0);
  }

  private static Instant now(Connection source) throws SQLException {
    try (Statement statement = source.createStatement();
        ResultSet row = statement.executeQuery("SELECT clock_timestamp()")) {
      row.next();
      return row.getTimestamp(1).toInstant();
    }
  }
}
