package io.riffle.cdc.snapshot;

import io.riffle.cdc.config.CdcConfig;
import io.riffle.cdc.connector.SourceConnector;
import io.riffle.cdc.connector.StoredOffset;
import io.riffle.cdc.guard.Lsn;
import io.riffle.cdc.ledger.CapturedSource;
import io.riffle.cdc.ledger.SnapshotKind;
import io.riffle.cdc.ledger.SnapshotState;
import io.riffle.cdc.ledger.Snapshots;
import io.riffle.cdc.ledger.Sources;
import io.riffle.cdc.ledger.TableNotes;
import io.riffle.cdc.ledger.TableSnapshot;
import io.riffle.cdc.source.Relations;
import io.riffle.cdc.source.SourceNames;
import io.riffle.cdc.source.TableName;
import io.riffle.schemas.registry.SchemaRegistry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has Debezium read all rows of tables, one table after the other, and ends each with a sweep. Each
 * step can be repeated after a crash: a signal is there once, and a second sweep finds nothing. For
 * one thread.
 */
public final class Snapshotter implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Snapshotter.class);

  private final SourceNames names;
  private final Connection ledger;
  private final Supplier<Optional<StoredOffset>> stored;
  private final Notifications notifications;
  private final Producer<byte[], byte[]> producer;
  private final SweepWriter sweeps;
  private final Standstill standstill;
  private final Retries retries = new Retries(Clock.systemUTC());
  private boolean reading;

  /**
   * @param ledger the keeper's own connection
   * @param stored what the connector has stored
   * @param standstill remembers restarts for longer than this lives
   */
  public Snapshotter(
      CdcConfig config,
      SchemaRegistry registry,
      CapturedSource source,
      Connection ledger,
      Supplier<Optional<StoredOffset>> stored,
      Standstill standstill) {
    this.stored = stored;
    this.standstill = standstill;
    standstill.interrupted();
    this.names = new SourceNames(config.topics().set(), source.name());
    this.ledger = ledger;
    this.notifications =
        new Notifications(
            config.kafka(),
            registry,
            SourceConnector.notifications(config.topics(), source.name()),
            source.notified());
    this.producer =
        config.kafka().openProducer(config.topics().set() + "-cdc-" + source.name() + "-sweep");
    this.sweeps = new SweepWriter(registry, config.topics(), Clock.systemUTC());
    try {
      producer.initTransactions();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Takes what Debezium has told, and asks for the next table when it has nothing to do.
   *
   * @return false when a snapshot stands still: the connector is to start again, and will go on
   *     with its next chunk
   */
  public boolean step(CapturedSource source, Connection database) throws Exception {
    notifications.poll((notification, next) -> take(source, database, notification, next));
    Optional<TableSnapshot> next = new Snapshots(ledger).nextSnapshot(source.name());
    reading = next.isPresent() && next.get().epoch() == source.epoch();
    if (!reading) {
      standstill.moved();
      return true;
    }
    if (!retries.isDue(next.get().id())) {
      standstill.moved();
      return true;
    }
    ask(next.get(), source, database);
    return !standstill.isLookDue() || look(next.get(), source, database);
  }

  /** False when the connector is to start again. */
  private boolean look(TableSnapshot snapshot, CapturedSource source, Connection database)
      throws SQLException {
    Optional<StoredOffset> offset = stored.get();
    Optional<Standstill.Verdict> verdict =
        standstill.look(offset.map(StoredOffset::lsn).orElse(0L), end(database));
    if (verdict.isEmpty()) {
      return true;
    }
    boolean known =
        offset.flatMap(StoredOffset::snapshot).filter(snapshot.signal()::equals).isPresent();
    if (verdict.get() == Standstill.Verdict.PASSED && !known) {
      askAnew(snapshot, source, database);
      return true;
    }
    if (!standstill.isRestartDue()) {
      return true;
    }
    tellRestart(snapshot);
    return false;
  }

  /**
   * When the source's server goes away while a chunk is read, or the worker is killed twice within
   * a chunk, Debezium streams on afterwards as if nobody had asked for a snapshot.
   */
  private void askAnew(TableSnapshot snapshot, CapturedSource source, Connection database)
      throws SQLException {
    forget(snapshot, database);
    new Snapshots(ledger).again(snapshot.id());
    ask(snapshot, source, database);
    log.atWarn()
        .addKeyValue("source", source.name())
        .addKeyValue("table", snapshot.table())
        .log("Debezium has forgotten this snapshot, it is asked for again");
  }

  private static long end(Connection database) throws SQLException {
    try (Statement query = database.createStatement();
        ResultSet row = query.executeQuery("SELECT pg_current_wal_lsn()::text")) {
      row.next();
      return Lsn.parse(row.getString(1));
    }
  }

  /** Whether a snapshot is open: what Debezium tells of it should not wait long. */
  public boolean isReading() {
    return reading;
  }

  private void tellRestart(TableSnapshot snapshot) throws SQLException {
    String text = "no chunk comes, the connector starts again; its worker's log tells why";
    new Snapshots(ledger).detail(snapshot.id(), text);
    log.atWarn()
        .addKeyValue("source", snapshot.source())
        .addKeyValue("table", snapshot.table())
        .log(text);
  }

  private void take(
      CapturedSource source, Connection database, Optional<Notification> told, long next)
      throws SQLException {
    if (told.isPresent()) {
      Optional<TableSnapshot> snapshot = of(told.get(), source);
      if (snapshot.isPresent()) {
        standstill.moved();
        apply(snapshot.get(), told.get(), source, database);
      }
    }
    new Sources(ledger).notified(source.name(), next);
  }

  /** None for what is not of a snapshot that runs. */
  private Optional<TableSnapshot> of(Notification told, CapturedSource source) throws SQLException {
    if (!told.id().matches("riffle-\\d{1,18}")) {
      return Optional.empty();
    }
    return new Snapshots(ledger)
        .find(Long.parseLong(told.id().substring("riffle-".length())))
        .filter(found -> found.source().equals(source.name()))
        .filter(found -> found.state() == SnapshotState.RUNNING);
  }

  private void apply(
      TableSnapshot snapshot, Notification told, CapturedSource source, Connection database)
      throws SQLException {
    Snapshots snapshots = new Snapshots(ledger);
    if (told.isChunk()) {
      snapshots.progress(snapshot.id(), source.spec().chunkRows());
    } else if (told.isEndOfTable() && isRead(told)) {
      if (snapshot.kind() == SnapshotKind.SNAPSHOT) {
        sweep(snapshot);
      }
      snapshots.done(snapshot.id(), told.rows());
      retries.forget(snapshot.id());
      forget(snapshot, database);
      log.atInfo()
          .addKeyValue("source", source.name())
          .addKeyValue("table", snapshot.table())
          .addKeyValue("rows", told.rows())
          .log("snapshot done");
    } else if (told.isEndOfTable() || told.isAborted()) {
      failed(snapshot, told, source, database);
    }
  }

  private void failed(
      TableSnapshot snapshot, Notification told, CapturedSource source, Connection database)
      throws SQLException {
    Snapshots snapshots = new Snapshots(ledger);
    String why = "Debezium says " + (told.isAborted() ? "ABORTED" : told.status());
    forget(snapshot, database);
    if (isOfDatabase(told) && retries.isWorthAnother(snapshot.id())) {
      why += ", it is tried again";
      snapshots.again(snapshot.id());
      snapshots.detail(snapshot.id(), why);
    } else {
      retries.forget(snapshot.id());
      snapshots.failed(snapshot.id(), why);
    }
    log.atWarn()
        .addKeyValue("source", source.name())
        .addKeyValue("table", snapshot.table())
        .log("snapshot failed, " + why);
  }

  /** The server went away in a chunk, or does not take the question. */
  private static boolean isOfDatabase(Notification told) {
    return told.isEndOfTable() && told.status().equals("SQL_EXCEPTION");
  }

  private static boolean isRead(Notification told) {
    return told.status().equals("SUCCEEDED") || told.status().equals("EMPTY");
  }

  /** The notification was visible, so are all rows before it. */
  private void sweep(TableSnapshot snapshot) {
    producer.beginTransaction();
    var unused = producer.send(sweeps.record(snapshot, snapshot.startLsn().orElseThrow()));
    producer.commitTransaction();
  }

  private void ask(TableSnapshot snapshot, CapturedSource source, Connection database)
      throws SQLException {
    if (snapshot.state() == SnapshotState.REQUESTED) {
      begin(snapshot, source, database);
    }
    if (snapshot.kind() == SnapshotKind.COMPLETION && isAsked(snapshot, database)) {
      return;
    }
    Optional<String> filter = Optional.empty();
    if (snapshot.kind() == SnapshotKind.COMPLETION) {
      Optional<UnsentRows.Keys> keys = new UnsentRows(ledger, source.name()).keys(snapshot.table());
      if (keys.isEmpty()) {
        new Snapshots(ledger).done(snapshot.id(), 0); // they came by themselves
        return;
      }
      filter =
          Optional.of(
              new AskedRows(database, names).put(snapshot.signal(), snapshot.table(), keys.get()));
    }
    signal(snapshot, filter, database);
  }

  private boolean isAsked(TableSnapshot snapshot, Connection database) throws SQLException {
    try (PreparedStatement query =
        database.prepareStatement("SELECT 1 FROM " + names.signals().quoted() + " WHERE id = ?")) {
      query.setString(1, snapshot.signal());
      try (ResultSet row = query.executeQuery()) {
        return row.next();
      }
    }
  }

  private void signal(TableSnapshot snapshot, Optional<String> filter, Connection database)
      throws SQLException {
    try (PreparedStatement insert =
        database.prepareStatement(
            "INSERT INTO "
                + names.signals().quoted()
                + " VALUES (?, 'execute-snapshot', json_strip_nulls(json_build_object('type', 'incremental',"
                + " 'data-collections', json_build_array(?::text), 'additional-conditions',"
                + " CASE WHEN ?::text IS NOT NULL THEN json_build_array(json_build_object("
                + "'data-collection', ?::text, 'filter', ?::text)) END))::text) ON CONFLICT DO NOTHING")) {
      insert.setString(1, snapshot.signal());
      insert.setString(2, snapshot.table().pattern());
      insert.setString(3, filter.orElse(null));
      insert.setString(4, snapshot.table().pattern());
      insert.setString(5, filter.orElse(null));
      insert.executeUpdate();
    }
  }

  /** Rows that are read from now on are newer than this position. */
  private void begin(TableSnapshot snapshot, CapturedSource source, Connection database)
      throws SQLException {
    TableName table = snapshot.table();
    if (snapshot.kind() == SnapshotKind.SNAPSHOT) {
      noteRead(table, source, database);
    }
    try (PreparedStatement query =
        database.prepareStatement(
            "SELECT pg_current_wal_lsn()::text, (SELECT greatest(reltuples, 0)::bigint FROM pg_class"
                + " WHERE oid = to_regclass(?))")) {
      query.setString(1, table.quoted());
      try (ResultSet row = query.executeQuery()) {
        row.next();
        new Snapshots(ledger).begin(snapshot.id(), Lsn.parse(row.getString(1)), row.getLong(2));
      }
    }
    log.atInfo()
        .addKeyValue("source", source.name())
        .addKeyValue("table", table)
        .log("snapshot begins");
  }

  /** What was lost of it before does not matter any more, if it is streamed now. */
  private void noteRead(TableName table, CapturedSource source, Connection database)
      throws SQLException {
    for (Relations.Found found :
        new Relations(database, names)
            .find(List.of(new Relations.Wanted(table, Optional.empty())))) {
      if (found.published()) {
        new TableNotes(ledger).read(source.name(), table, found.relation().orElseThrow());
      }
    }
  }

  private void forget(TableSnapshot snapshot, Connection database) throws SQLException {
    try (PreparedStatement delete =
        database.prepareStatement("DELETE FROM " + names.signals().quoted() + " WHERE id = ?")) {
      delete.setString(1, snapshot.signal());
      delete.executeUpdate();
    }
    if (snapshot.kind() == SnapshotKind.COMPLETION) {
      new AskedRows(database, names).forget(snapshot.signal());
    }
  }

  @Override
  public void close() {
    notifications.close();
    producer.close(Duration.ZERO);
  }
}
