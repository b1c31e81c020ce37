package io.riffle.producer.ledger;

import java.sql.SQLException;

/** The database is away, busy or shutting down: trying again later may help. */
public final class LedgerUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LedgerUnavailableException(SQLException cause) {
    super("the ledger's database does not answer (SQLSTATE " + cause.getSQLState() + ")", cause);
  }
}
