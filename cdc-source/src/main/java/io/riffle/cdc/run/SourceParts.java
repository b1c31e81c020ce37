package io.riffle.cdc.run;

import io.riffle.cdc.config.CdcConfig;
import io.riffle.cdc.connector.Connect;
import io.riffle.cdc.connector.SourceConnector;
import io.riffle.cdc.ledger.CapturedSource;
import io.riffle.cdc.ledger.Sources;
import io.riffle.cdc.snapshot.Snapshotter;
import io.riffle.cdc.snapshot.Standstill;
import io.riffle.cdc.source.SourceDatabase;
import io.riffle.schemas.registry.SchemaRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a keeper works with: opened when first used. For one thread. */
final class SourceParts implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SourceParts.class);

  private final CdcConfig config;
  private final SchemaRegistry registry;
  private final Connect connect;
  private final Connection ledger;
  private final Standstill standstill;
  private Optional<Connection> database = Optional.empty();
  private Optional<Snapshotter> snapshotter = Optional.empty();
  private Optional<Reloads> reloads = Optional.empty();

  /** None is open; the ledger's connection stays the caller's. */
  SourceParts(Keeper.Neighbours neighbours, Connection ledger, Standstill standstill) {
    this.standstill = standstill;
    this.config = neighbours.config();
    this.registry = neighbours.registry();
    this.connect = neighbours.connect();
    this.ledger = ledger;
  }

  /** How to reach the source, with its password as it is now. */
  SourceDatabase credentials(CapturedSource source) {
    return new SourceDatabase(
        source.spec().url(),
        source.spec().user(),
        config.secrets().read(source.spec().secret(), System.getenv()));
  }

  /** A connection for short questions, which stays open. */
  Connection database(CapturedSource source) throws SQLException {
    if (database.isEmpty()) {
      database = Optional.of(credentials(source).open());
    }
    return database.get();
  }

  Snapshotter snapshotter(CapturedSource source) {
    if (snapshotter.isEmpty()) {
      String connector = SourceConnector.name(config.topics(), source.name());
      snapshotter =
          Optional.of(
              new Snapshotter(
                  config, registry, source, ledger, () -> connect.offset(connector), standstill));
    }
    return snapshotter.get();
  }

  /** Whether Debezium reads a table. */
  boolean isReading() {
    return snapshotter.filter(Snapshotter::isReading).isPresent();
  }

  Reloads reloads(CapturedSource source) throws SQLException {
    if (reloads.isEmpty()) {
      String placeholder = new Sources(ledger).placeholder();
      reloads = Optional.of(new Reloads(config, registry, placeholder, source.name()));
    }
    return reloads.get();
  }

  /** Gives up what writes to topics; it begins again where the ledger says. */
  void stop() {
    snapshotter.ifPresent(Snapshotter::close);
    snapshotter = Optional.empty();
    reloads.ifPresent(Reloads::close);
    reloads = Optional.empty();
  }

  @Override
  public void close() {
    stop();
    database.ifPresent(SourceParts::close);
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      log.atDebug().setCause(e).log("closing a given-up connection failed");
    }
  }
}
