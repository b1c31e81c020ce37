package io.riffle.cdc.run;

import io.riffle.cdc.config.CdcConfig;
import io.riffle.cdc.connector.Connect;
import io.riffle.cdc.connector.ConnectorStatus;
import io.riffle.cdc.connector.SourceConnector;
import io.riffle.cdc.connector.StagingSink;
import io.riffle.cdc.guard.Expected;
import io.riffle.cdc.guard.Gap;
import io.riffle.cdc.ledger.CapturedSource;
import io.riffle.cdc.ledger.SlotNotes;
import io.riffle.cdc.ledger.Snapshots;
import io.riffle.cdc.ledger.SourceState;
import io.riffle.cdc.ledger.Sources;
import io.riffle.cdc.ledger.Wanted;
import io.riffle.cdc.snapshot.Snapshotter;
import io.riffle.cdc.source.SourceDatabase;
import io.riffle.cdc.source.SourceException;
import io.riffle.cdc.source.SourceNames;
import io.riffle.schemas.registry.SchemaRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Makes a source what the ledger says that it should be, step by step, and tells in the ledger how
 * it is. Holds open connections to both databases; after a failure there is another one. For one
 * thread.
 */
final class Keeper implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Keeper.class);

  /** The longest time between two looks. */
  private static final Duration LOOK = Duration.ofSeconds(20);

  /** What the guard in the worker says first. */
  private static final String GUARD_SAYS = "changes may be lost";

  private final CdcConfig config;
  private final SchemaRegistry registry;
  private final Connect connect;
  private final Connection ledger;
  private final SourceView view;
  private final SourceNames names;
  private final Epochs epochs;
  private final SlotWatch watch;
  private final Sources sources;
  private final Restarts restarts;
  private final Restarts stagingRestarts = new Restarts(Clock.systemUTC());
  private final SlotAlarm alarm;
  private Optional<Connection> database = Optional.empty();
  private Optional<Snapshotter> snapshotter = Optional.empty();
  private Optional<Reloads> reloads = Optional.empty();
  private Instant looked = Instant.EPOCH;

  /** Neighbours of all keepers. */
  record Neighbours(CdcConfig config, SchemaRegistry registry, Connect connect) {}

  /**
   * A keeper.
   *
   * @param ledger a connection that holds the right to keep this source; closed with the keeper
   */
  Keeper(
      Neighbours neighbours, String source, Connection ledger, SourceView view, Restarts restarts) {
    this.config = neighbours.config();
    this.registry = neighbours.registry();
    this.connect = neighbours.connect();
    this.ledger = ledger;
    this.view = view;
    this.restarts = restarts;
    this.names = new SourceNames(config.topics().set(), source);
    this.epochs = new Epochs(config, connect);
    this.watch = new SlotWatch(connect, Clock.systemUTC());
    this.sources = new Sources(ledger);
    this.alarm = new SlotAlarm(source);
  }

  /**
   * One step.
   *
   * @return false when the source is no more
   */
  boolean step() throws Exception {
    Optional<CapturedSource> found = sources.find(names.source());
    if (found.isEmpty()) {
      return false;
    }
    CapturedSource source = found.get();
    if (source.wanted() == Wanted.REMOVED) {
      remove(source);
      return false;
    }
    try {
      keep(source);
    } catch (GapException e) {
      gap(source, e.getMessage());
    } catch (SourceException e) {
      tell(source, source.epoch() == 0 ? SourceState.REFUSED : SourceState.FAILED, e.getMessage());
      throw e;
    }
    show();
    return true;
  }

  private void show() throws SQLException {
    Optional<CapturedSource> now = sources.find(names.source());
    if (now.isPresent()) {
      view.update(
          now.get(),
          new SlotNotes(ledger).find(names.source()),
          new Snapshots(ledger).newest(names.source()));
    }
  }

  private void keep(CapturedSource source) throws Exception {
    if (source.newEpoch() || source.made().isEmpty()) {
      if (source.wanted() == Wanted.PAUSED) {
        stop(source); // a slot that nobody reads would keep log
        tell(source, SourceState.PAUSED, "");
      } else {
        begin(source);
      }
      return;
    }
    if (source.state() != SourceState.STREAMING || isLookDue()) {
      look(source);
    }
    if (source.state() == SourceState.GAP) {
      stop(source);
    } else if (source.wanted() == Wanted.PAUSED) {
      stop(source);
      tell(source, SourceState.PAUSED, alarm.text().orElse(""));
    } else {
      stream(source);
    }
  }

  private void begin(CapturedSource source) throws Exception {
    if (source.epoch() > 0) {
      tell(source, SourceState.STARTING, "a new epoch begins");
    }
    closeParts();
    try (Connection patient = credentials(source).openPatiently()) {
      if (epochs.begin(source, ledger, patient)) {
        tell(source, SourceState.STARTING, "");
      }
    }
  }

  /**
   * A look costs Connect a consumer; what is read moves at least with each heartbeat. What nobody
   * has looked at for a minute is taken for unseen.
   */
  private boolean isLookDue() {
    Duration pause = config.heartbeat().compareTo(LOOK) < 0 ? config.heartbeat() : LOOK;
    return looked.plus(pause).isBefore(Instant.now());
  }

  private void look(CapturedSource source) throws Exception {
    looked = Instant.now();
    Expected expected = source.expected(names).orElseThrow();
    boolean ofEpoch =
        connect
            .config(connector())
            .filter(config -> SourceConnector.isOfEpoch(config, source))
            .isPresent();
    SlotWatch.Seen seen = watch.look(database(source), connector(), expected, ofEpoch);
    new SlotNotes(ledger).note(source.name(), seen.note());
    alarm.seen(seen.note());
    if (seen.gap().isPresent() && source.state() != SourceState.GAP && isSure(seen.gap().get())) {
      throw new GapException(seen.gap().get());
    }
  }

  /**
   * What Connect tells of stored positions lacks the last transaction of a worker that was killed,
   * until that is ended. Only a connector that was stopped has no such one; for another one the
   * guard in its task knows better, and a slot that is being read can be neither advanced nor made
   * again.
   */
  private boolean isSure(Gap gap) {
    return gap.reason() != Gap.Reason.SLOT_AHEAD
        || connect.status(connector()).filter(ConnectorStatus::isStopped).isPresent();
  }

  private void stream(CapturedSource source) throws Exception {
    Optional<String> unstaged =
        config.stagingSink()
            ? StagingSink.ensure(connect, config, stagingRestarts::isDue)
            : Optional.empty();
    if (unstaged.isEmpty()) {
      stagingRestarts.works();
    }
    boolean running = epochs.connect(source, sources.tables(source.name()), sources.placeholder());
    if (running) {
      restarts.works();
      tell(source, SourceState.STREAMING, amiss(unstaged, alarm.text()));
      snapshotter(source).step(source, database(source));
    } else {
      failed(source);
    }
    reloads(source).step(source, ledger, credentials(source));
  }

  @SafeVarargs
  private static String amiss(Optional<String>... texts) {
    return Stream.of(texts).flatMap(Optional::stream).collect(Collectors.joining("; "));
  }

  /** Connect leaves alone what has failed, and so does Debezium after some attempts. */
  private void failed(CapturedSource source) throws GapException, SQLException {
    Optional<ConnectorStatus> status = connect.status(connector());
    if (status.isEmpty()) {
      return;
    }
    if (!status.get().isFailed()) {
      waits(source, status.get());
      return;
    }
    String why = status.get().failure().orElse("the connector failed");
    if (why.contains(GUARD_SAYS)) {
      throw new GapException(why.substring(why.indexOf(GUARD_SAYS)));
    }
    tell(source, SourceState.FAILED, why);
    if (restarts.isDue()) {
      connect.restart(connector());
    }
  }

  /** It is on its way to a worker, or there is none: nothing streams meanwhile. */
  private void waits(CapturedSource source, ConnectorStatus status) throws SQLException {
    String task = status.task().map(state -> ", its task " + state).orElse("");
    tell(source, SourceState.STARTING, "its connector is " + status.connector() + task);
  }

  private void gap(CapturedSource source, String text) throws SQLException {
    tell(
        source,
        SourceState.GAP,
        text
            + "; nothing is read until all tables are: riffle cdc snapshot "
            + source.name()
            + " --new-epoch");
    stop(source);
  }

  private void stop(CapturedSource source) {
    closeParts();
    Optional<ConnectorStatus> status = connect.status(connector());
    if (status.isPresent() && !status.get().isStopped()) {
      log.atInfo().addKeyValue("source", source.name()).log("its connector is stopped");
      connect.stop(connector());
    }
  }

  private void remove(CapturedSource source) throws SQLException {
    tell(source, SourceState.REMOVING, "");
    closeParts();
    new Removal(config, connect).run(source, ledger, () -> credentials(source));
    log.atInfo().addKeyValue("source", source.name()).log("source removed");
  }

  private void tell(CapturedSource source, SourceState state, String reason) throws SQLException {
    if (source.state() != state) {
      log.atLevel(
              state == SourceState.GAP || state == SourceState.REFUSED ? Level.ERROR : Level.INFO)
          .addKeyValue("source", source.name())
          .addKeyValue("state", state)
          .addKeyValue("reason", reason)
          .log("source is in another state");
    }
    sources.state(source.name(), state, Optional.of(reason).filter(text -> !text.isEmpty()));
  }

  private String connector() {
    return SourceConnector.name(config.topics(), names.source());
  }

  private SourceDatabase credentials(CapturedSource source) {
    return new SourceDatabase(
        source.spec().url(),
        source.spec().user(),
        config.secrets().read(source.spec().secret(), System.getenv()));
  }

  private Connection database(CapturedSource source) throws SQLException {
    if (database.isEmpty()) {
      database = Optional.of(credentials(source).open());
    }
    return database.get();
  }

  private Snapshotter snapshotter(CapturedSource source) {
    if (snapshotter.isEmpty()) {
      snapshotter = Optional.of(new Snapshotter(config, registry, source, ledger));
    }
    return snapshotter.get();
  }

  private Reloads reloads(CapturedSource source) throws SQLException {
    if (reloads.isEmpty()) {
      reloads = Optional.of(new Reloads(config, registry, sources.placeholder(), source.name()));
    }
    return reloads.get();
  }

  private void closeParts() {
    snapshotter.ifPresent(Snapshotter::close);
    snapshotter = Optional.empty();
    reloads.ifPresent(Reloads::close);
    reloads = Optional.empty();
  }

  @Override
  public void close() {
    closeParts();
    database.ifPresent(Keeper::closed);
    closed(ledger);
  }

  private static void closed(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      log.atDebug().setCause(e).log("closing a given-up connection failed");
    }
  }
}
