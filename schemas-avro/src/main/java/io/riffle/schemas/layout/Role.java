package io.riffle.schemas.layout;

/** The part a column plays in identifying its record. */
public enum Role {
  NONE,
  /** The record's natural key. */
  KEY,
  /** The number of a line within its record; for persons the reference year of the months. */
  LINE_KEY,
  /** The person the record belongs to. */
  PERSON
}
