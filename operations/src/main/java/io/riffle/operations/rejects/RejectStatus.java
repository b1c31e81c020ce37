package io.riffle.operations.rejects;

import java.util.List;

/** What has become of a reject; {@code riffle.reject_status_moves} says which may follow which. */
public enum RejectStatus {
  /** Nobody has done anything about it. */
  OPEN,
  /** Its redrive is requested, or on its way. */
  REDRIVING,
  /** Its redrive went through: the record was applied, older, a duplicate, or is parked. */
  REDRIVEN,
  /** A later attempt of the file decides: it was rejected again, or the file was loaded again. */
  SUPERSEDED,
  /** An operator gave it up, and said why. */
  DISCARDED;

  /** Final: nothing becomes of them any more. */
  public static final List<RejectStatus> SETTLED = List.of(REDRIVEN, SUPERSEDED, DISCARDED);

  /** Those that somebody still has to do with. */
  public static final List<RejectStatus> UNSETTLED = List.of(OPEN, REDRIVING);
}
