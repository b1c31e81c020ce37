package io.riffle.cdc.ledger;

/** How a source is. */
public enum SourceState {
  /** Asked for; nobody has looked at it yet. */
  ADDED,
  /** It cannot be captured as it is; nothing was made in it. It is looked at again. */
  REFUSED,
  /** Slot, topics or connector are being made. */
  STARTING,
  /** Its changes are read. */
  STREAMING,
  /** An operator wants nothing read. The source keeps its log. */
  PAUSED,
  /** Something fails that is tried again. */
  FAILED,
  /** Changes may be lost: nothing is read until an operator asks for a new epoch. */
  GAP,
  /** What was made for it is being taken away. */
  REMOVING
}
