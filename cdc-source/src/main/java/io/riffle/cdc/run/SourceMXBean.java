package io.riffle.cdc.run;

/**
 * A source for operators and metrics, as {@code io.riffle:type=CdcSource,set=…,source=…}. No
 * attribute ever holds a key or a value of a row.
 */
public interface SourceMXBean {
  /** As in {@code riffle.cdc_sources}. */
  String getState();

  /** Why it is not streaming; empty while it is. */
  String getReason();

  int getEpoch();

  /** 1 while somebody reads the slot, else 0. */
  int getSlotActive();

  /** reserved, extended, unreserved, lost or missing. */
  String getWalStatus();

  /** Log that the source keeps for the slot, in bytes. */
  long getRetainedBytes();

  /**
   * How much the source may still write until it gives the slot up, in bytes; -1 without a limit.
   */
  long getSafeBytes();

  /** What is before it will not be sent again; -1 where it is not known, as the next. */
  long getConfirmedLsn();

  /** Up to here everything is on the topics. */
  long getReadLsn();

  /** End of the source's log. */
  long getServerLsn();

  /** Age of what was read last, by the source's clock; -1 where it is not known. */
  double getSecondsBehind();

  /** Tables whose rows are being read as a whole, or wait for it. */
  int getSnapshotTables();

  /** Rows of these that are on the topics. */
  long getSnapshotRowsDone();

  /** Rows of these that are still to come, by the source's own estimate. */
  long getSnapshotRowsLeft();
}
