package io.riffle.producer.rif;

/** What becomes of a file whose header has columns that the layout does not know. */
public enum UnknownColumns {
  /** The file is refused, naming the first such column. */
  REJECT,
  /** The columns are read over. */
  IGNORE
}
