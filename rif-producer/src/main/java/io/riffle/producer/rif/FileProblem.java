package io.riffle.producer.rif;

import java.util.Optional;

/**
 * Why a file cannot be loaded at all.
 *
 * @param line line of the file, from 1
 * @param column name of the column to blame, when one is
 * @param detail what is wrong, without file, line and column; holds no field values
 */
public record FileProblem(Reason reason, long line, Optional<String> column, String detail)
    implements HeaderReading, FileReading {

  /** The constants' names are the reasons of the ledger. */
  public enum Reason {
    /** No bytes, or none but a byte order mark. */
    EMPTY_FILE,
    /** The header row is not UTF-8. */
    HEADER_ENCODING,
    /** The header row is not a list of names. */
    HEADER_INVALID,
    COLUMN_MISSING,
    COLUMN_REPEATED,
    UNKNOWN_COLUMN,
    /** A MERGE file with line columns but without the line key. */
    LINE_KEY_MISSING,
    /** By its first bytes the file is of another kind. */
    NOT_RIF,
    /** More records are bad than the type's policy allows. */
    TOO_MANY_REJECTS
  }

  static FileProblem ofHeader(Reason reason, String detail) {
    return new FileProblem(reason, 1, Optional.empty(), detail);
  }

  static FileProblem ofColumn(Reason reason, String column, String detail) {
    return new FileProblem(reason, 1, Optional.of(column), detail);
  }
}
