package io.riffle.operations.replay;

/** How a replay goes about it. */
public enum ReplayMode {
  /** In place, beside the live sink: missing rows come back. */
  MERGE,
  /** Into new tables that then take the place of the present ones. */
  REBUILD,
  /** The file is read from S3 once more, as a new attempt. */
  REINGEST,
  /** All raw and merged topics, the merge state and the tables anew. */
  GENERATION
}
