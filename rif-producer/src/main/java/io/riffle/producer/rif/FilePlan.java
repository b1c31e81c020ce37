package io.riffle.producer.rif;

import java.util.List;
import org.apache.avro.Schema;

/**
 * A file that can be read, cut into splits.
 *
 * @param header the header row's column names in the file's order, unknown ones included
 * @param schema writer schema of the file's records
 * @param splits in the order of the file; none for a file without rows
 * @param rows rows of all splits
 * @param records records of all splits, those that will be rejected included
 */
public record FilePlan(
    List<String> header, Schema schema, List<PlannedSplit> splits, long rows, long records)
    implements FileReading {

  public FilePlan {
    header = List.copyOf(header);
    splits = List.copyOf(splits);
  }

  /** Offset in the (decompressed) file of the first row's first byte; 0 without rows. */
  public long start() {
    return splits.isEmpty() ? 0 : splits.get(0).start();
  }

  /** Offset behind the last row; 0 without rows. */
  public long end() {
    return splits.isEmpty() ? 0 : splits.get(splits.size() - 1).end();
  }

  /** The header row and all rows; a row counts once, however many lines its quoted fields span. */
  public long lines() {
    return 1 + rows;
  }
}
