package io.riffle.producer.ledger;

import io.riffle.failure.Classified;
import io.riffle.failure.Failure;
import java.sql.SQLException;

/** The database refused a statement: tables are missing, rights too, or the program is wrong. */
public final class LedgerException extends RuntimeException implements Classified {
  private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  LedgerException(Failure failure, SQLException cause) {
    super("the ledger's database refused: " + failure.text(), cause);
    this.failure = failure;
  }

  @Override
  public Failure failure() {
    return failure;
  }
}
