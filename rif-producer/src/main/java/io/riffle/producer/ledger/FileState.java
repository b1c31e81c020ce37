package io.riffle.producer.ledger;

/** The states of a file, as the ledger spells them; docs/contracts.md says what each means. */
public enum FileState {
  DISCOVERED,
  WAITING,
  PLANNED,
  LOADING,
  COMPLETED,
  COMPLETED_WITH_REJECTS,
  REJECTED,
  CONFLICT,
  TOO_OLD,
  FUTURE,
  SKIPPED
}
