package io.riffle.cdc.archive;

import java.time.LocalDate;

/**
 * A captured table and its place in the archive: {@code <prefix>/<set>/<source>/<schema>.<table>/}.
 *
 * @param schema as the topic's name has it
 */
record ArchivedTable(String set, String source, String schema, String table) {

  /** Of a topic {@code <set>.cdc.<source>.<schema>.<table>}; the set has no dot in its name. */
  static ArchivedTable of(String topic) {
    String[] parts = topic.split("\\.", 5);
    if (parts.length != 5 || !parts[1].equals("cdc")) {
      throw new IllegalArgumentException("no topic of a captured table: " + topic);
    }
    return new ArchivedTable(parts[0], parts[2], parts[3], parts[4]);
  }

  /** Where the files of a source are, with a slash at the end. */
  static String folder(String prefix, String set, String source) {
    return (prefix.isEmpty() ? "" : prefix + "/") + set + "/" + source + "/";
  }

  /**
   * A file's key without its ending.
   *
   * @param run names topic and offsets, so that a file written twice is the same file
   */
  String key(String prefix, LocalDate day, String run) {
    return folder(prefix, set, source) + schema + "." + table + "/" + day + "/" + run;
  }
}
