package io.riffle.cdc.ledger;

/** What an operator wants of a source. */
public enum Wanted {
  RUNNING,
  PAUSED,
  REMOVED
}
