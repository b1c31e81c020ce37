package io.riffle.cdc.run;

import io.riffle.cdc.config.CdcConfig;
import io.riffle.cdc.connector.Connect;
import io.riffle.cdc.connector.ConnectorStatus;
import io.riffle.cdc.connector.SourceConnector;
import io.riffle.cdc.connector.SourceTopics;
import io.riffle.cdc.guard.SlotState;
import io.riffle.cdc.ledger.CapturedSource;
import io.riffle.cdc.ledger.EpochRows;
import io.riffle.cdc.ledger.Snapshots;
import io.riffle.cdc.source.CapturedTable;
import io.riffle.cdc.source.Inspection;
import io.riffle.cdc.source.SourceCheck;
import io.riffle.cdc.source.SourceException;
import io.riffle.cdc.source.SourceNames;
import io.riffle.cdc.source.SourceObjects;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins epochs: what reads the old slot is stopped, a slot is made, snapshots of all tables are
 * asked for. Then keeps the connector as it should be. Every step can be repeated after a crash.
 */
final class Epochs {
  private static final Logger log = LoggerFactory.getLogger(Epochs.class);

  private final CdcConfig config;
  private final Connect connect;
  private final SourceConnector connectors;

  Epochs(CdcConfig config, Connect connect) {
    this.config = config;
    this.connect = connect;
    this.connectors = new SourceConnector(config);
  }

  /**
   * Gives the source a new slot.
   *
   * @return false when its old connector is still stopping: to be called again
   * @throws SourceException when it cannot be captured as it is; nothing was made then
   */
  boolean begin(CapturedSource source, Connection ledger, Connection database) throws SQLException {
    SourceNames names = new SourceNames(config.topics().set(), source.name());
    Inspection found = SourceCheck.run(database, names, source.spec().tables());
    if (!found.problems().isEmpty()) {
      throw new SourceException(String.join("; ", found.problems()));
    }
    if (!isStopped(source)) {
      return false;
    }
    int epoch = new EpochRows(ledger).begin(source.name());
    SourceObjects objects = new SourceObjects(database, names);
    objects.prepare(found.tables());
    long lsn = objects.createSlot(epoch);
    SlotState state = SlotState.read(database, names.slot(epoch));
    new SourceTopics(config).create(source.name(), found.tables());
    store(
        source,
        ledger,
        epoch,
        found.tables(),
        new CapturedSource.Made(state.system(), state.timeline(), lsn));
    log.atInfo()
        .addKeyValue("source", source.name())
        .addKeyValue("epoch", epoch)
        .addKeyValue("tables", found.tables().size())
        .log("a new epoch began");
    return true;
  }

  private boolean isStopped(CapturedSource source) {
    String connector = SourceConnector.name(config.topics(), source.name());
    Optional<ConnectorStatus> status = connect.status(connector);
    if (status.isPresent() && !status.get().isStopped()) {
      connect.stop(connector);
      return false;
    }
    return true;
  }

  private static void store(
      CapturedSource source,
      Connection ledger,
      int epoch,
      List<CapturedTable> tables,
      CapturedSource.Made made)
      throws SQLException {
    ledger.setAutoCommit(false);
    try {
      new EpochRows(ledger).began(source.name(), made, tables);
      for (CapturedTable table : tables) {
        new Snapshots(ledger).request(source.name(), table, epoch, "epoch " + epoch);
      }
      ledger.commit();
    } catch (SQLException e) {
      ledger.rollback();
      throw e;
    } finally {
      ledger.setAutoCommit(true);
    }
  }

  /**
   * Sees to it that the connector is there, of this epoch, and works.
   *
   * @return false when it has to be called again
   */
  boolean connect(CapturedSource source, List<CapturedTable> tables, String placeholder) {
    String name = SourceConnector.name(config.topics(), source.name());
    Map<String, String> wanted = connectors.config(source, tables, placeholder);
    Optional<Map<String, String>> present = connect.config(name);
    if (present.isEmpty()) {
      connect.createStopped(name, SourceConnector.ofNoEpoch(wanted));
      return false;
    }
    Optional<ConnectorStatus> told = connect.status(name);
    if (told.isEmpty()) {
      return false; // it was made a moment ago
    }
    ConnectorStatus status = told.get();
    if (status.isStopped()) {
      return wake(name, source, present.get(), wanted);
    }
    if (!SourceConnector.isOfEpoch(present.get(), source)) {
      connect.stop(name);
      return false;
    }
    if (!present.get().equals(wanted)) {
      connect.configure(name, wanted);
      return false;
    }
    if (status.isPaused()) {
      connect.resume(name);
    }
    return status.isRunning();
  }

  /**
   * What an older epoch, or an earlier source of that name, has stored must not be read on from.
   */
  private boolean wake(
      String name, CapturedSource source, Map<String, String> present, Map<String, String> wanted) {
    if (!SourceConnector.isOfEpoch(present, source)) {
      connect.forgetOffsets(name);
    }
    connect.configure(name, wanted);
    connect.resume(name);
    return false;
  }
}
