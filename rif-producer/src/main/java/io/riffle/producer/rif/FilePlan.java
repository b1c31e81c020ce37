package io.riffle.producer.rif;

import java.util.List;
import org.apache.avro.Schema;

/**
 * A file that can be read, cut into splits.
 *
 * @param header the header row's column names in the file's order, unknown ones included
 * @param schema writer schema of the file's records
 * @param splits in the order of the file; none for a file without rows
 * @param lines lines of the file, the header row included, blank lines at the end not
 * @param rows rows of all splits
 * @param records records of all splits, those that will be rejected included
 */
public record FilePlan(
    List<String> header,
    Schema schema,
    List<PlannedSplit> splits,
    long lines,
    long rows,
    long records)
    implements FileReading {

  public FilePlan {
    header = List.copyOf(header);
    splits = List.copyOf(splits);
  }
}
