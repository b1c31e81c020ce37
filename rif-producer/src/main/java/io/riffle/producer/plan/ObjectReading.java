package io.riffle.producer.plan;

import io.riffle.producer.rif.FilePlan;
import io.riffle.producer.s3.ObjectFacts;

/** What came of reading an object once. */
sealed interface ObjectReading {

  /** It can be loaded. */
  record Accepted(ObjectFacts facts, FilePlan plan) implements ObjectReading {}

  /**
   * It cannot.
   *
   * @param reason as the ledger spells it
   * @param detail names file, line and column, never a value
   */
  record Rejected(String reason, String detail) implements ObjectReading {}

  /** It is not there (any more), or was replaced while it was read: another scan will tell. */
  record Gone(String detail, boolean missing) implements ObjectReading {}
}
