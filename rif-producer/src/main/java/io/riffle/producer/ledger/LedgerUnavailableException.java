package io.riffle.producer.ledger;

import io.riffle.failure.Classified;
import io.riffle.failure.Failure;
import java.sql.SQLException;

/** The database is away, busy or shutting down: trying again later may help. */
public final class LedgerUnavailableException extends RuntimeException implements Classified {
  private static final long serialVersionUID = 1L;

  private static final String QUERY_CANCELED = "57014";

  private final transient Failure failure;

  LedgerUnavailableException(Failure failure, SQLException cause) {
    super("the ledger's database does not answer: " + failure.text(), cause);
    this.failure = failure;
  }

  @Override
  public Failure failure() {
    return failure;
  }

  /** Whether a statement was ended by its time-out, or by an operator. */
  boolean isTimeout() {
    return failure.code().equals(QUERY_CANCELED);
  }
}
