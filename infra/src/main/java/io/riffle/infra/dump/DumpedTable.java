package io.riffle.infra.dump;

import java.util.Optional;

/**
 * A table as it was dumped.
 *
 * @param rows without the header row
 * @param file empty for an empty table, which has none
 */
public record DumpedTable(String table, long rows, Optional<DumpFile> file) {

  /**
   * A file of a dump.
   *
   * @param name within the dump's folder
   * @param sha256 of its bytes, lower-case hex
   */
  public record DumpFile(String name, String sha256) {}
}
