package io.riffle.schemas.layout;

/** Whether a column belongs to the record as a whole or to its lines ({@link Lines}). */
public enum Level {
  HEADER,
  LINE
}
