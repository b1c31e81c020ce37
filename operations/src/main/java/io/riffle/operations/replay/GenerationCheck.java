package io.riffle.operations.replay;

import io.riffle.generation.Generations;
import io.riffle.sink.record.SinkTopic;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Whether a plan still fits the generation that the set is at: rows of an earlier one would be as
 * old as that.
 */
final class GenerationCheck {
  private static final String LOOK =
      "SELECT topic, mode, parent IS NOT NULL FROM riffle.replays WHERE replay_id = ?";

  private final ReplaySite site;

  GenerationCheck(ReplaySite site) {
    this.site = site;
  }

  /**
   * Returns when it does, and no change of generation is under way that it is no part of.
   *
   * @throws ReplayException when not
   */
  void require(long replay) throws SQLException {
    try (Connection connection = site.database().getConnection();
        PreparedStatement select = connection.prepareStatement(LOOK)) {
      Generations generations = Generations.read(connection);
      select.setLong(1, replay);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        int wanted = row.getBoolean(3) ? generations.merged() : generations.current();
        if (generations.isChanging() && !row.getBoolean(3)) {
          throw new ReplayException(
              "the generation of the set changes: run it when that is done (riffle replay list)");
        } else if (!row.getString(2).equals("REINGEST") && generation(row.getString(1)) != wanted) {
          throw new ReplayException(
              row.getString(1) + " is not of the set's present generation: plan it again");
        }
      }
    }
  }

  /**
   * Returns when no change of generation is under way, whose topics a plan would not be of.
   *
   * @throws ReplayException when one is
   */
  void requireNoChange() throws SQLException {
    try (Connection connection = site.database().getConnection()) {
      if (Generations.read(connection).isChanging()) {
        throw new ReplayException(
            "the generation of the set changes: plan it when that is done (riffle replay list)");
      }
    }
  }

  private int generation(String topic) {
    return SinkTopic.of(topic, site.topics(), site.layouts())
        .map(SinkTopic::generation)
        .orElse(site.topics().generation());
  }
}
