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
import io.riffle.cdc.snapshot.Completions;
import io.riffle.cdc.snapshot.Standstill;
import io.riffle.cdc.source.SourceException;
import io.riffle.cdc.source.SourceNames;
import io.riffle.failure.Failure;
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
 * it is. Holds an open connection to the source; after a failure there is another one. For one
 * thread.
 */
final class Keeper implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Keeper.class);

  /** The longest time between two looks. */
  private static final Duration LOOK = Duration.ofSeconds(20);

  /** Small tables are read in no time, one after the other. */
  private static final Duration WHILE_READING = Duration.ofMillis(250);

  /** A sink that has seen no other topics by then never will: it has no others. */
  private static final Duration SINK = Duration.ofSeconds(20);

  /** What the guard in the worker says first. */
  private static final String GUARD_SAYS = "changes may be lost";

  private final CdcConfig config;
  private final Connect connect;
  private final Connection ledger;
  private final SourceView view;
  private final SourceNames names;
  private final Epochs epochs;
  private final SlotWatch watch;
  private final Sources sources;
  private final Restarts restarts;
  private final Restarts stagingRestarts;
  private final SlotReader reader;
  private final SlotAlarm alarm;
  private final Standstill standstill;
  private final TableWatch tables;
  private final SourceParts parts;
  private final Completions completions;
  private Instant looked = Instant.EPOCH;
  private Optional<Instant> removing = Optional.empty();

  /** Neighbours of all keepers. */
  record Neighbours(CdcConfig config, SchemaRegistry registry, Connect connect) {}

  /** What is known of a connector for longer than a keeper lives. */
  record Memory(
      Restarts restarts,
      Restarts stagingRestarts,
      SlotReader reader,
      SlotAlarm alarm,
      Standstill standstill) {
    static Memory of(String source, Clock clock) {
      return new Memory(
          new Restarts(clock),
          new Restarts(clock),
          new SlotReader(clock),
          new SlotAlarm(source),
          new Standstill(clock));
    }
  }

  /**
   * A keeper.
   *
   * @param ledger a connection that holds the right to keep this source
   */
  Keeper(Neighbours neighbours, String source, Connection ledger, SourceView view, Memory memory) {
    this.config = neighbours.config();
    this.connect = neighbours.connect();
    this.ledger = ledger;
    this.view = view;
    this.restarts = memory.restarts();
    this.stagingRestarts = memory.stagingRestarts();
    this.reader = memory.reader();
    this.alarm = memory.alarm();
    this.standstill = memory.standstill();
    this.names = new SourceNames(config.topics().set(), source);
    this.epochs = new Epochs(config, connect);
    this.watch = new SlotWatch(connect, Clock.systemUTC());
    this.sources = new Sources(ledger);
    this.tables = new TableWatch(ledger, names);
    this.parts = new SourceParts(neighbours, ledger, standstill);
    this.completions = new Completions(ledger, Clock.systemUTC());
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
      return !remove(source);
    }
    try {
      keep(source);
    } catch (GapException e) {
      gap(source, e.getMessage());
    } catch (SourceException e) {
      tell(source, failed(source), e.getMessage());
      throw e;
    }
    show();
    return true;
  }

  /** How long nothing is to be done. */
  Duration pause() {
    Duration watch = config.watch();
    return parts.isReading() && WHILE_READING.compareTo(watch) < 0 ? WHILE_READING : watch;
  }

  /** A neighbour fails, and has for some time: a source that was streaming is not any more. */
  void tellFailure(Failure failure) throws SQLException {
    Optional<CapturedSource> found = sources.find(names.source());
    if (found.isPresent() && isWanted(found.get())) {
      boolean began = found.get().epoch() > 0;
      tell(found.get(), began ? SourceState.FAILED : found.get().state(), failure.toString());
      show();
    }
  }

  /** The Connect worker is there and not ready yet. */
  void tellStarting() throws SQLException {
    Optional<CapturedSource> found = sources.find(names.source());
    if (found.isPresent() && isWanted(found.get()) && found.get().epoch() > 0) {
      tell(found.get(), SourceState.STARTING, "the Connect worker still starts");
      show();
    }
  }

  private static SourceState failed(CapturedSource source) {
    return source.epoch() == 0 ? SourceState.REFUSED : SourceState.FAILED;
  }

  private static boolean isWanted(CapturedSource source) {
    return source.wanted() == Wanted.RUNNING && source.state() != SourceState.GAP;
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
    boolean begins = isWanted(source) && source.state() != SourceState.STREAMING;
    if (begins || isLookDue()) {
      look(source);
    }
    if (isWanted(source)) {
      stream(source);
      return;
    }
    stop(source);
    if (source.state() != SourceState.GAP) {
      tell(source, SourceState.PAUSED, amiss(Optional.empty()));
    }
  }

  private void begin(CapturedSource source) throws Exception {
    if (source.epoch() > 0) {
      tell(source, SourceState.STARTING, "a new epoch begins");
    }
    parts.stop();
    reader.dismissed();
    try (Connection patient = parts.credentials(source).openPatiently()) {
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
    SlotWatch.Seen seen = watch.look(parts.database(source), connector(), expected, ofEpoch);
    new SlotNotes(ledger).note(source.name(), seen.note());
    alarm.seen(seen.note());
    reader.seen(seen.note().active());
    tables.look(parts.database(source));
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
    if (running && !reader.isMissing()) {
      restarts.works();
      tell(source, SourceState.STREAMING, amiss(unstaged));
      if (!parts.snapshotter(source).step(source, parts.database(source))) {
        connect.restartAll(connector());
      }
      completions.step(source, sources.tables(source.name()));
    } else if (running) {
      missed(source);
    } else {
      lookAtFailure(source);
    }
    parts.reloads(source).step(source, ledger, parts.credentials(source));
  }

  private void missed(CapturedSource source) throws SQLException {
    tell(
        source,
        SourceState.FAILED,
        "nobody reads the slot, though the connector runs: can the Connect worker reach the source and log in?");
    if (reader.isRestartDue()) {
      connect.restartAll(connector());
    }
  }

  /** What is to be told though it streams. */
  private String amiss(Optional<String> unstaged) {
    return Stream.of(unstaged.stream(), alarm.text().stream(), tables.texts().stream())
        .flatMap(texts -> texts)
        .collect(Collectors.joining("; "));
  }

  /** Connect leaves alone what has failed, and so does Debezium after some attempts. */
  private void lookAtFailure(CapturedSource source) throws GapException, SQLException {
    standstill.interrupted();
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
    parts.stop();
    reader.dismissed();
    Optional<ConnectorStatus> status = connect.status(connector());
    if (status.isPresent() && !status.get().isStopped()) {
      log.atInfo().addKeyValue("source", source.name()).log("its connector is stopped");
      connect.stop(connector());
    }
  }

  private boolean remove(CapturedSource source) throws SQLException {
    tell(source, SourceState.REMOVING, "");
    parts.stop();
    Removal removal = new Removal(config, connect);
    boolean read = !removal.run(source, () -> parts.credentials(source));
    if (removing.isEmpty()) {
      removing = Optional.of(Instant.now());
    }
    if (read && removing.get().plus(SINK).isAfter(Instant.now())) {
      return false;
    }
    removal.forget(source, ledger);
    log.atInfo().addKeyValue("source", source.name()).log("source removed");
    return true;
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

  @Override
  public void close() {
    parts.close();
  }
}
