package io.riffle.producer.ledger;

import io.riffle.generation.GenerationException;
import io.riffle.generation.Generations;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The generation of topics that files are loaded to. It changes only while no file is on its way,
 * so who asks for each file, or each split, is told the right one. For one thread.
 */
public final class GenerationLedger {
  private static final String ON_THE_WAY =
      "SELECT EXISTS (SELECT FROM riffle.files WHERE state IN ('PLANNED', 'LOADING'))";

  private final Database database;

  public GenerationLedger(Database database) {
    this.database = database;
  }

  /** The set's generation now. */
  public int current() {
    return database.transaction(Generations::read).current();
  }

  /**
   * Makes sure that what is on its way goes where it was planned for.
   *
   * @throws GenerationException when the set has gone to another generation than this one
   */
  public void require(int generation) {
    requireStill(generation, database.transaction(Generations::read));
  }

  /**
   * Whether files may be planned. While the generation changes, none is, but those on their way are
   * brought to their end.
   *
   * @throws GenerationException when there is nothing to do before the change is over, or it is
   */
  public boolean mayPlan(int generation) {
    return database.transaction(
        connection -> {
          Generations now = Generations.read(connection);
          requireStill(generation, now);
          if (now.isChanging() && !isOnTheWay(connection)) {
            throw GenerationException.changing(now);
          }
          return !now.isChanging();
        });
  }

  private static void requireStill(int generation, Generations now) {
    if (now.current() != generation) {
      throw GenerationException.moved(now);
    }
  }

  private static boolean isOnTheWay(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ON_THE_WAY);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getBoolean(1);
    }
  }
}
