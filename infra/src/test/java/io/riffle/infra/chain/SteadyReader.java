package io.riffle.infra.chain;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Counts rows of claims and persons again and again: the answer must never be another one. */
final class SteadyReader implements AutoCloseable {
  private static final String LOOK =
      "SELECT concat_ws('|', count(*), sum(clm_pmt_amt),"
          + " (SELECT count(*) FROM ccw.carrier_claim_lines),"
          + " (SELECT count(*) FROM ccw.beneficiary_monthly)) FROM ccw.carrier_claims";

  private final DataSource database;
  private final List<String> wrong = new ArrayList<>();
  private final Thread thread = new Thread(this::read, "reader");
  private volatile boolean over;
  private int looks;

  SteadyReader(DataSource database) {
    this.database = database;
    thread.start();
  }

  private void read() {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      String first = look(statement);
      while (!over) {
        String now = look(statement);
        looks++;
        if (!now.equals(first)) {
          wrong.add(now + " instead of " + first);
        }
      }
    } catch (SQLException e) {
      wrong.add(e.toString());
    }
  }

  private static String look(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery(LOOK)) {
      row.next();
      return row.getString(1);
    }
  }

  /** Ends the reading; how often it was looked. */
  int looks() {
    close();
    return looks;
  }

  /** Ends the reading; answers that were not the first one. */
  List<String> wrong() {
    close();
    return wrong;
  }

  @Override
  public void close() {
    over = true;
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
