package io.riffle.producer.ledger;

import java.sql.SQLException;

/** The database refused a statement: tables are missing, rights too, or the program is wrong. */
public final class LedgerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String sqlState;

  LedgerException(SQLException cause) {
    super("the ledger's database refused: " + cause.getMessage(), cause);
    this.sqlState = cause.getSQLState();
  }

  String sqlState() {
    return sqlState;
  }
}
