package io.riffle.schemas.control;

/**
 * Why a single record was rejected. The names are in {@code riffle.rejects} and on the command
 * line; docs/rejects.md explains each.
 */
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
  UNDECODABLE,
  /** SQLSTATE 23502: a column of the table that must not be null. */
  NOT_NULL_VIOLATION,
  /** SQLSTATE 23503: somebody's foreign key. */
  FOREIGN_KEY_VIOLATION,
  /** SQLSTATE 23505: a unique index beside the key. */
  UNIQUE_VIOLATION,
  /** SQLSTATE 23514: a check constraint. */
  CHECK_VIOLATION,
  /** The rest of SQLSTATE class 23. */
  INTEGRITY_VIOLATION,
  /** SQLSTATE class 22: a value does not fit its column's type or length. */
  DATA_EXCEPTION,
  /** Any other SQLSTATE by which the database refuses a single record. */
  REFUSED_BY_DATABASE;

  /** What an SQLSTATE says about a record. */
  public static RejectReason ofSqlState(String sqlState) {
    return switch (sqlState) {
      case "23502" -> NOT_NULL_VIOLATION;
      case "23503" -> FOREIGN_KEY_VIOLATION;
      case "23505" -> UNIQUE_VIOLATION;
      case "23514" -> CHECK_VIOLATION;
      default -> ofClass(sqlState);
    };
  }

  private static RejectReason ofClass(String sqlState) {
    if (sqlState.startsWith("22")) {
      return DATA_EXCEPTION;
    }
    return sqlState.startsWith("23") ? INTEGRITY_VIOLATION : REFUSED_BY_DATABASE;
  }
}
