package io.riffle.producer.ledger;

import java.sql.SQLException;

/** The database is away, busy or shutting down: trying again later may help. */
public final class LedgerUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final String QUERY_CANCELED = "57014";

  private final boolean timeout;

  LedgerUnavailableException(SQLException cause) {
    super("the ledger's database does not answer (SQLSTATE " + cause.getSQLState() + ")", cause);
    this.timeout = QUERY_CANCELED.equals(cause.getSQLState());
  }

  /** Whether a statement was ended by its time-out, or by an operator. */
  boolean isTimeout() {
    return timeout;
  }
}
