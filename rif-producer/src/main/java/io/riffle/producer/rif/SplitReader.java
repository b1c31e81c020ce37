package io.riffle.producer.rif;

import io.riffle.producer.hash.TextHashes;
import io.riffle.producer.rif.RowScanner.Found;
import java.io.IOException;
import java.io.InputStream;

/**
 * Turns splits into Avro records. Its buffers are used again for the next split of the same file or
 * of others with the same plan. For one thread.
 */
public final class SplitReader {

  private final RowWindow window;
  private final RowScanner rows;
  private final RecordBorders borders;
  private final RecordAssembler assembler;

  /**
   * A reader of splits under one header.
   *
   * @param reserved bytes in front of each value that the receiver may write
   * @param hashes for the columns that have them; may be shared by readers of one thread
   */
  public SplitReader(HeaderPlan plan, int reserved, TextHashes hashes) {
    this(plan, reserved, hashes, ReadLimits.DEFAULT);
  }

  SplitReader(HeaderPlan plan, int reserved, TextHashes hashes, ReadLimits limits) {
    this.window = new RowWindow(limits);
    this.rows = new RowScanner(window, plan.fields(), plan.fields() + 1, limits);
    this.borders = new RecordBorders(plan);
    this.assembler = new RecordAssembler(plan, window, rows, limits, reserved, hashes);
  }

  /**
   * Reads one split.
   *
   * @param in the split's bytes and none beyond; not closed
   * @throws IOException when {@code in} fails; records before were received
   */
  public SplitTotals read(InputStream in, SplitPlace place, RecordReceiver receiver)
      throws IOException {
    window.reset();
    rows.restart(place.line());
    borders.restart();
    assembler.enter(place, receiver);
    readRows(in);
    assembler.finish(window.limit);
    return assembler.totals();
  }

  private void readRows(InputStream in) throws IOException {
    for (Found found = rows.next(); found != Found.END; found = rows.next()) {
      if (found == Found.ROW) {
        assembler.row(borders.startsRecord(window.bytes, rows));
      } else {
        assembler.keepRaw();
        window.makeRoom();
        assembler.windowMoved();
        window.fill(in);
      }
    }
  }
}
