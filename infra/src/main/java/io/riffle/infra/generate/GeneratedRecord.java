package io.riffle.infra.generate;

import io.riffle.schemas.layout.Column;

/** The fields of one record, or of the former identities of one person. */
interface GeneratedRecord {

  /** Rows of the file. */
  int rows();

  /**
   * A field. Asked once for each column and row, in the file's order; for columns that the rows of
   * a record share, with the first row.
   *
   * @param row from 1
   */
  String field(Column column, int row);

  /** Rows that it gives to the table of months. */
  default int months() {
    return 0;
  }

  /** Rows that it gives to the table of former identities. */
  default int formerIdentities() {
    return 0;
  }
}
