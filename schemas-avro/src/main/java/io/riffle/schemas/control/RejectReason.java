package io.riffle.schemas.control;

/** Why a single record was rejected. */
public enum RejectReason {
  /** A row has fewer fields than the header. */
  TOO_FEW_FIELDS,
  /** A row has more fields than the header, beyond one empty field at its end. */
  TOO_MANY_FIELDS,
  /** DML_IND is not one of the allowed spellings, or DELETE in a MERGE file. */
  UNKNOWN_ACTION,
  /** The key is empty or blank. */
  KEY_MISSING,
  /** A required column is empty. */
  MISSING,
  NOT_A_DATE,
  /** The text is no plain decimal or whole number. */
  NOT_A_NUMBER,
  /** The number has more digits than the column takes. */
  OUT_OF_RANGE,
  /** The text has more characters than the column takes. */
  TOO_LONG,
  /** A one-character column with more than one character. */
  NOT_ONE_CHARACTER,
  /** Bytes that are no UTF-8, or a NUL. */
  BAD_ENCODING,
  /** A carriage return in the middle of a row. */
  STRAY_CARRIAGE_RETURN,
  /** A quoted field that is not closed before the limits of a row. */
  UNCLOSED_QUOTE,
  /** A row of more than 1 MiB. */
  ROW_TOO_LONG,
  /** A record of more than 4 MiB. */
  RECORD_TOO_LARGE,
  /** The same line number twice in one record. */
  LINE_REPEATED,
  /** A record on a topic that cannot be decoded. */
  UNDECODABLE
}
