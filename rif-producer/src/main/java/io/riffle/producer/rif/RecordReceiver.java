package io.riffle.producer.rif;

import io.riffle.schemas.control.Origin;

/** Takes the records of a split in the order of the file. What it throws ends the reading. */
public interface RecordReceiver {

  /**
   * A record to publish.
   *
   * @param key canonical decimal text of the natural key; the receiver may keep it
   * @param value by the plan's schema; valid until the method returns
   */
  void accepted(byte[] key, EncodedValue value, RecordPosition position);

  /**
   * A DELETE of a FULL file.
   *
   * @param key canonical decimal text of the natural key; the receiver may keep it
   * @param origin with the record's version, line and rows
   */
  void deleted(byte[] key, Origin origin);

  /** A record that cannot be published. */
  void rejected(RejectedRecord record);
}
