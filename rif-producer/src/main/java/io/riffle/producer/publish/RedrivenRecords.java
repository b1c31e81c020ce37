package io.riffle.producer.publish;

import io.riffle.producer.rif.EncodedValue;
import io.riffle.producer.rif.RecordPosition;
import io.riffle.producer.rif.RecordReceiver;
import io.riffle.producer.rif.RejectedRecord;
import io.riffle.producer.rif.SplitTotals;
import io.riffle.schemas.control.Origin;
import io.riffle.schemas.control.Split.Redrive;
import java.util.HashSet;
import java.util.Set;

/** Hands on the redriven records of a split, drops the others, and counts what it hands on. */
final class RedrivenRecords implements RecordReceiver {

  private final Set<Long> wanted;
  private final RecordReceiver receiver;
  private long records;
  private long rows;
  private long rejected;
  private long rejectedRows;

  RedrivenRecords(Redrive redrive, RecordReceiver receiver) {
    this.wanted = new HashSet<>(redrive.records());
    this.receiver = receiver;
  }

  @Override
  public void accepted(byte[] key, EncodedValue value, RecordPosition position) {
    if (wanted.contains(position.number())) {
      count(position.rows());
      receiver.accepted(key, value, position);
    }
  }

  @Override
  public void deleted(byte[] key, Origin origin) {
    if (wanted.contains(origin.version().record())) {
      count(origin.rows());
      receiver.deleted(key, origin);
    }
  }

  @Override
  public void rejected(RejectedRecord record) {
    if (wanted.contains(record.position().number())) {
      rejected++;
      rejectedRows += record.position().rows();
      receiver.rejected(record);
    }
  }

  private void count(long ofRecord) {
    records++;
    rows += ofRecord;
  }

  SplitTotals totals() {
    return new SplitTotals(records, rows, rejected, rejectedRows);
  }
}
