package io.riffle.producer.ledger;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * An operator's wish to have rejected records of a file delivered again.
 *
 * @param id the request, {@code riffle.redrives.redrive_id}
 * @param file with the attempt that would be the redrive's
 * @param eTag of the object that the file was loaded from
 * @param lines of the file, as its newest load counted them
 * @param records of the file, by the same count
 * @param wanted the records' numbers within the file, each with its number of rows; none when a
 *     later load has settled them
 */
public record RedriveRequest(
    long id,
    LedgerFile file,
    String eTag,
    long lines,
    long records,
    NavigableMap<Long, Integer> wanted) {

  public RedriveRequest {
    wanted = new TreeMap<>(wanted);
  }

  /** Whether the file is in a state that a redrive may start from. */
  public boolean isLoaded() {
    return file.state() == FileState.COMPLETED || file.state() == FileState.COMPLETED_WITH_REJECTS;
  }

  /** The header row and the rows of the wanted records. */
  public long wantedLines() {
    return 1 + wanted.entrySet().stream().mapToLong(Map.Entry::getValue).sum();
  }
}
