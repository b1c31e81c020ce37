package io.riffle.bench.cdc;

import java.util.List;

/** Who captures a source database into staging tables of the bench's set. */
public interface Capture {

  /**
   * Asks for it; the first snapshots of its tables follow.
   *
   * @param source its name
   * @param tables of its schema public
   */
  void add(String source, String jdbcUrl, List<String> tables) throws Exception;

  /** Ends it, if there is one of that name, and deletes its staging tables. */
  void remove(String source) throws Exception;
}
