package io.riffle.generation;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The generations of a set, as {@code riffle.generations} has them.
 *
 * @param current the one whose topics are written and read
 * @param next the one that is being made; while there is one, no file is planned
 * @param others all that are not current: the next one, former and abandoned ones
 */
public record Generations(int current, OptionalInt next, Set<Integer> others) {
  private static final String READ = "SELECT generation, state FROM riffle.generations";

  public Generations {
    others = Set.copyOf(others);
  }

  /** Reads it. */
  public static Generations read(Connection connection) throws SQLException {
    int current = 0;
    OptionalInt next = OptionalInt.empty();
    Set<Integer> others = new HashSet<>();
    try (PreparedStatement statement = connection.prepareStatement(READ);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        int generation = row.getInt(1);
        if (row.getString(2).equals("CURRENT")) {
          current = generation;
        } else {
          others.add(generation);
        }
        if (row.getString(2).equals("NEXT")) {
          next = OptionalInt.of(generation);
        }
      }
    }
    return new Generations(current, next, others);
  }

  /** Whether a change is under way, so that nothing new may be loaded. */
  public boolean isChanging() {
    return next.isPresent();
  }

  /** The one that a merge-processor is of: there is one at a time. */
  public int merged() {
    return next.orElse(current);
  }
}
