package io.riffle.sink.write;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;

/**
 * Keeps deletes apart from what other tasks write. Where a key has neither a row nor a remembered
 * delete, a put and a delete of it touch nothing in common: each would miss the other, and the
 * older one could stay beside the newer. Puts share the lock of their type, deletes have it alone;
 * it is held until the transaction ends.
 */
final class TypeLock {
  private static final String SHARED =
      "SELECT pg_advisory_xact_lock_shared(hashtext('riffle'), hashtext(?))";
  private static final String ALONE =
      "SELECT pg_advisory_xact_lock(hashtext('riffle'), hashtext(?))";

  private TypeLock() {}

  /** Locks all types of a batch, before anything of them is looked at; in one order for all. */
  static void take(Connection connection, List<TypeBatch> types) throws SQLException {
    Statements statements = new Statements(connection);
    List<TypeBatch> ordered =
        types.stream().sorted(Comparator.comparing(type -> type.layout().type())).toList();
    for (TypeBatch type : ordered) {
      String sql = type.deletes().isEmpty() ? SHARED : ALONE;
      statements.query(sql, row -> {}, type.layout().type());
    }
  }
}
