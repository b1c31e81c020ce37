package io.riffle.bench.data;

import java.nio.file.Path;
import java.util.List;

/**
 * A generated data set: one manifest and file, or several where one file would be too large.
 *
 * @param manifests their keys in S3
 * @param records of all files
 * @param rowsOfFiles without header rows
 * @param bytes of all files
 */
public record DataSet(
    Path folder, List<String> manifests, long records, long rowsOfFiles, long bytes) {
  public DataSet {
    manifests = List.copyOf(manifests);
  }
}
