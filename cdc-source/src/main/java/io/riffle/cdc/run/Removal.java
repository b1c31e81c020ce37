package io.riffle.cdc.run;

import io.riffle.cdc.config.CdcConfig;
import io.riffle.cdc.connector.Connect;
import io.riffle.cdc.connector.SourceConnector;
import io.riffle.cdc.connector.SourceTopics;
import io.riffle.cdc.ledger.CapturedSource;
import io.riffle.cdc.ledger.Sources;
import io.riffle.cdc.source.Identifiers;
import io.riffle.cdc.source.SourceDatabase;
import io.riffle.cdc.source.SourceNames;
import io.riffle.cdc.source.SourceObjects;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Supplier;

/** Takes a source away: connector, slot, publication, topics, and, if wanted, staging tables. */
final class Removal {
  /** A reject is told by its place, where another record may come to stand. */
  private static final String RENAME_REJECTS =
      "UPDATE riffle.rejects SET topic = left(topic, 220) || ' (removed ' || reject_id || ')'"
          + " WHERE starts_with(topic, ?) AND right(topic, 1) <> ')'";

  private final CdcConfig config;
  private final Connect connect;

  Removal(CdcConfig config, Connect connect) {
    this.config = config;
    this.connect = connect;
  }

  /**
   * Takes away what is outside of the ledger. Every part of it can be repeated.
   *
   * @param database how to reach it; not asked where nothing was ever made, for there may be no
   *     password any more
   * @return false while the sink still reads its topics: to be called again
   */
  boolean run(CapturedSource source, Supplier<SourceDatabase> database) throws SQLException {
    String name = SourceConnector.name(config.topics(), source.name());
    if (connect.config(name).isPresent()) {
      connect.delete(name);
    }
    if (source.epoch() > 0) {
      try (Connection connection = database.get().open()) {
        new SourceObjects(connection, new SourceNames(config.topics().set(), source.name()))
            .remove();
      }
    }
    SourceTopics topics = new SourceTopics(config);
    topics.delete(source.name());
    return !topics.isRead(source.name());
  }

  /**
   * Takes it out of the ledger. A topic of the same name would be another one: the sink begins
   * there anew.
   */
  void forget(CapturedSource source, Connection ledger) throws SQLException {
    ledger.setAutoCommit(false);
    try (PreparedStatement offsets =
            ledger.prepareStatement("DELETE FROM riffle.sink_offsets WHERE starts_with(topic, ?)");
        PreparedStatement rejects = ledger.prepareStatement(RENAME_REJECTS);
        Statement statement = ledger.createStatement()) {
      for (PreparedStatement ofTopics : List.of(offsets, rejects)) {
        ofTopics.setString(1, config.topics().cdc(source.name()) + ".");
        ofTopics.executeUpdate();
      }
      if (source.dropStaging()) {
        statement.execute(
            "DROP SCHEMA IF EXISTS " + Identifiers.quote("stg_" + source.name()) + " CASCADE");
        delete(ledger, "riffle.staging_tables", source.name());
        delete(ledger, "riffle.staging_changes", source.name());
      }
      new Sources(ledger).delete(source.name());
      ledger.commit();
    } catch (SQLException e) {
      ledger.rollback();
      throw e;
    } finally {
      ledger.setAutoCommit(true);
    }
  }

  private static void delete(Connection ledger, String table, String source) throws SQLException {
    try (PreparedStatement statement =
        ledger.prepareStatement("DELETE FROM " + table + " WHERE source = ?")) {
      statement.setString(1, source);
      statement.executeUpdate();
    }
  }
}
