package io.riffle.schemas.layout;

/** How the text of a field is read. The grammar of each kind is in docs/how-we-read-rif.md. */
public enum Kind {
  /** DML_IND: INSERT, UPDATE or DELETE. Never stored. */
  ACTION,
  /** Text of up to {@link Column#length()} characters. */
  STRING,
  /** The keyed hash of a text, in 64 lower-case hexadecimal digits; empty for an empty text. */
  HASH,
  /** Exactly one character. */
  CHAR,
  /** A calendar date. */
  DATE,
  /** A plain decimal number; without a precision its scale is kept as sent. */
  DECIMAL,
  /** A signed whole number of 64 bits. */
  LONG,
  /** A signed whole number of 32 bits. */
  INT,
  /** A signed whole number of 16 bits. */
  SHORT
}
