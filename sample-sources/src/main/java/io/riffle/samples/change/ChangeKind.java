package io.riffle.samples.change;

/** What is done to a row, or to a table. */
public enum ChangeKind {
  INSERT,
  /** Of some short columns; long ones are left alone. */
  UPDATE,
  /** Of a long column. */
  UPDATE_LONG,
  /** That changes no value. */
  UPDATE_SAME,
  /** Of the key. */
  UPDATE_KEY,
  DELETE,
  /** Of a key that was deleted before. */
  REINSERT,
  TRUNCATE
}
