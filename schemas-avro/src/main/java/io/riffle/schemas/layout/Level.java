package io.riffle.schemas.layout;

/** Whether a column belongs to the record as a whole or to each of its lines. */
public enum Level {
  HEADER,
  LINE
}
