package io.riffle.sink.rebuild;

import java.sql.Connection;
import java.sql.SQLException;

/** What else happens in the transaction in which the tables change places. */
public interface SwapHook {
  /** Nothing else. */
  SwapHook NONE = connection -> {};

  /** Readers wait meanwhile: it must be short. An exception leaves everything as it was. */
  void run(Connection connection) throws SQLException;
}
