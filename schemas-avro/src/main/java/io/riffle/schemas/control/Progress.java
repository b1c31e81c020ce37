package io.riffle.schemas.control;

import java.util.List;
import java.util.Optional;

/** Records on the progress topic: how far the load of a file is. */
public sealed interface Progress {

  long file();

  int attempt();

  /** The Kafka key, so that compaction keeps one record of each. */
  String key();

  /**
   * All splits of the attempt are on the splits topic; in the same transaction as they. Lines and
   * records of a redrive are those that it publishes.
   *
   * @param splits number of splits, 0 for a file without rows
   * @param partitions partitions of the type's raw topic
   * @param lines header and rows, blank lines at the end not; a row that spans lines counts once
   * @param records records of the file, rejected ones included
   * @param bytes size of the object as stored
   * @param redrive the request that the attempt serves ({@code riffle.redrives.redrive_id}), where
   *     it is not a load of the whole file
   * @param eTag of the object that was read; older records are without
   */
  record Planned(
      long file,
      int attempt,
      String type,
      int splits,
      int partitions,
      long lines,
      long records,
      long bytes,
      Optional<Long> redrive,
      Optional<String> eTag)
      implements Progress {
    @Override
    public String key() {
      return "planned/" + file + "/" + attempt;
    }
  }

  /**
   * A split is on the raw topic; in the same transaction as its records.
   *
   * @param rows rows of accepted records
   * @param rejectedRows rows of rejected records
   * @param records accepted records
   * @param rejected rejected records
   * @param published accepted records per partition of the raw topic
   */
  record SplitDone(
      long file,
      int attempt,
      int split,
      long rows,
      long rejectedRows,
      long records,
      long rejected,
      List<Long> published)
      implements Progress {
    @Override
    public String key() {
      return "split/" + file + "/" + attempt + "/" + split;
    }
  }

  /**
   * The barriers of the file are on the raw topic; in the same transaction as they. The sums over
   * all splits.
   */
  record BarriersWritten(
      long file, int attempt, long rows, long rejectedRows, long records, long rejected)
      implements Progress {
    @Override
    public String key() {
      return "barriers/" + file + "/" + attempt;
    }
  }
}
