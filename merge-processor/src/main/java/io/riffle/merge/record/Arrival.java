package io.riffle.merge.record;

import io.riffle.merge.rule.Identity;
import io.riffle.merge.rule.RifRecord;
import io.riffle.schemas.control.Origin;
import io.riffle.schemas.control.RejectReason;
import io.riffle.schemas.control.RifBarrier;
import java.util.Optional;

/** What a raw value turned out to be. */
public sealed interface Arrival {

  /** A record that can be merged. */
  sealed interface Data extends Arrival {
    At at();

    /** The record with its fields cut out. */
    RifRecord record();
  }

  /** A FULL record. */
  record Full(At at, RowPlan plan, RowScan row) implements Data {
    @Override
    public RifRecord record() {
      return new RifRecord.Full(
          at.origin().version(), plan.header(row, true), plan.lines(row, true));
    }
  }

  /** A MERGE record. */
  record Patch(At at, RowPlan plan, RowScan row) implements Data {
    @Override
    public RifRecord record() {
      Origin origin = at.origin();
      return new RifRecord.Patch(
          origin.version(), origin.file(), plan.header(row, false), plan.lines(row, false));
    }
  }

  /** A DELETE record. */
  record Delete(At at) implements Data {
    @Override
    public RifRecord record() {
      return new RifRecord.Delete(at.origin().version());
    }
  }

  /** A record of a file of former identities. */
  record History(At at, Identity identity) implements Data {
    @Override
    public RifRecord record() {
      Origin origin = at.origin();
      return new RifRecord.History(origin.version(), origin.file(), identity);
    }
  }

  /** Everything of an attempt stands before it. */
  record Barrier(RifBarrier barrier) implements Arrival {}

  /**
   * A value that cannot be merged.
   *
   * @param origin where it came from, if that much could be read
   */
  record Bad(RejectReason reason, Optional<Origin> origin) implements Arrival {}
}
