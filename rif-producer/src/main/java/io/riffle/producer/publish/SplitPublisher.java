package io.riffle.producer.publish;

import io.riffle.producer.hash.HashCache;
import io.riffle.producer.kafka.ControlWriter;
import io.riffle.producer.kafka.RecordSubjects;
import io.riffle.producer.publish.RecordPublisher.Target;
import io.riffle.producer.publish.SplitReaders.Prepared;
import io.riffle.producer.rif.SplitPlace;
import io.riffle.producer.rif.SplitTotals;
import io.riffle.producer.s3.ObjectChangedException;
import io.riffle.producer.s3.ObjectStore;
import io.riffle.schemas.control.Progress.SplitDone;
import io.riffle.schemas.control.Split;
import io.riffle.schemas.layout.Layouts;
import io.riffle.schemas.topics.Topics;
import java.io.IOException;
import java.io.InputStream;
import org.apache.kafka.clients.producer.Producer;

/**
 * Sends a split's records, rejects and, last, its progress record within the producer's open
 * transaction. Last, because an open transaction on the progress topic holds up its readers. For
 * one thread.
 */
final class SplitPublisher implements AutoCloseable {

  private final Topics topics;
  private final Producer<byte[], byte[]> producer;
  private final RecordSubjects subjects;
  private final ControlWriter control;
  private final SplitBytes bytes;
  private final SplitReaders readers;

  SplitPublisher(
      Layouts layouts,
      HashCache hashes,
      Topics topics,
      Producer<byte[], byte[]> producer,
      RecordSubjects subjects,
      ControlWriter control,
      ObjectStore store) {
    this.topics = topics;
    this.producer = producer;
    this.subjects = subjects;
    this.control = control;
    this.bytes = new SplitBytes(store);
    this.readers = new SplitReaders(layouts, hashes);
  }

  /**
   * Sends everything of a split.
   *
   * @param partition of the splits topic that the split came from
   * @throws ObjectChangedException if the object is another one than planned
   * @throws io.riffle.producer.s3.ObjectMissingException if there is none any more
   * @throws IOException if S3 fails for longer than it pays to wait
   */
  SplitDone publish(Split split, int partition) throws IOException {
    Prepared prepared = readers.of(split);
    RecordPublisher records = new RecordPublisher(producer, control, split, target(prepared));
    SplitPlace place = new SplitPlace(split.file(), split.attempt(), split.first(), split.line());
    try (InputStream in = bytes.open(split, partition)) {
      SplitTotals totals = read(split, prepared, in, place, records);
      SplitDone done = done(split, totals, records.counts());
      var unused = producer.send(control.write(topics.progress(), done.key(), done));
      return done;
    }
  }

  /** What of the split was handed on; all of it is read. */
  private static SplitTotals read(
      Split split, Prepared prepared, InputStream in, SplitPlace place, RecordPublisher records)
      throws IOException {
    if (split.redrive().isEmpty()) {
      SplitTotals totals = prepared.reader().read(in, place, records);
      requirePlanned(split, totals);
      return totals;
    }
    RedrivenRecords redriven = new RedrivenRecords(split.redrive().get(), records);
    requirePlanned(split, prepared.reader().read(in, place, redriven));
    return redriven.totals();
  }

  @Override
  public void close() {
    bytes.close();
  }

  private Target target(Prepared prepared) {
    var plan = prepared.plan();
    return new Target(
        topics.rif(plan.layout()),
        topics.rejects(),
        subjects.handle(plan.layout(), plan.merge(), plan.schema()));
  }

  /** The numbers of later splits' records rest on the plan, so what was read must be it. */
  private static void requirePlanned(Split split, SplitTotals totals) {
    if (totals.allRecords() != split.records() || totals.allRows() != split.rows()) {
      throw new ObjectChangedException(split.s3Key());
    }
  }

  private static SplitDone done(Split split, SplitTotals totals, PublishedCounts counts) {
    return new SplitDone(
        split.file(),
        split.attempt(),
        split.split(),
        totals.rows(),
        totals.rejectedRows(),
        totals.records(),
        totals.rejected(),
        counts.perPartition());
  }
}
