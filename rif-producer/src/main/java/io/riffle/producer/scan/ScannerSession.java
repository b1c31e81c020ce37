package io.riffle.producer.scan;

import io.riffle.process.StopSignal;
import io.riffle.producer.barrier.BarrierWriter;
import io.riffle.producer.barrier.ProgressLoop;
import io.riffle.producer.kafka.ControlReader;
import io.riffle.producer.kafka.ControlWriter;
import io.riffle.producer.kafka.FencedException;
import io.riffle.producer.kafka.KafkaConfig;
import io.riffle.producer.kafka.RecordSubjects;
import io.riffle.producer.kafka.ScannerTransactions;
import io.riffle.producer.ledger.AttemptLedger;
import io.riffle.producer.ledger.Database;
import io.riffle.producer.ledger.DatabaseConfig;
import io.riffle.producer.ledger.FileLedger;
import io.riffle.producer.ledger.GenerationLedger;
import io.riffle.producer.ledger.LedgerException;
import io.riffle.producer.ledger.LedgerFile;
import io.riffle.producer.ledger.LedgerUnavailableException;
import io.riffle.producer.ledger.LoadingTurn;
import io.riffle.producer.ledger.ManifestLedger;
import io.riffle.producer.ledger.PlanClaims;
import io.riffle.producer.ledger.RedriveLedger;
import io.riffle.producer.ledger.RedriveRequest;
import io.riffle.producer.ledger.SyntheticLedger;
import io.riffle.producer.ledger.UnlistedLedger;
import io.riffle.producer.plan.PlanConfig;
import io.riffle.producer.plan.Planner;
import io.riffle.producer.plan.RedrivePlanner;
import io.riffle.producer.run.Pulse;
import io.riffle.producer.run.Session;
import io.riffle.producer.s3.ObjectStore;
import io.riffle.schemas.layout.Layouts;
import io.riffle.schemas.topics.Topics;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The active scanner: scans and plans in the caller's thread, mirrors progress and writes barriers
 * in one of its own. Opening it fences every earlier scanner; then, before anything is planned, the
 * ledger is brought up to the progress topic. A failure of either thread ends both.
 */
public final class ScannerSession implements Session {

  private static final Logger log = LoggerFactory.getLogger(ScannerSession.class);

  /** What a session is made of. */
  public record Neighbours(
      Layouts layouts,
      Topics topics,
      KafkaConfig kafka,
      DatabaseConfig database,
      ObjectStore store,
      RecordSubjects subjects,
      ControlWriter writer,
      ControlReader reader,
      Clock clock) {

    /** The same, of another generation's topics. */
    Neighbours at(int generation) {
      return new Neighbours(
          layouts,
          topics.at(generation),
          kafka,
          database,
          store,
          subjects.at(generation),
          writer,
          reader,
          clock);
    }
  }

  private final ScanConfig config;
  private final Database scanDatabase;
  private final Database progressDatabase;
  private final PlanClaims claims;
  private final ScannerTransactions transactions;
  private final LoadingTurn turn;
  private final int generation;
  private final GenerationLedger generations;
  private final SyntheticGate gate;
  private final Scanner scanner;
  private final Planner planner;
  private final RedriveLedger redrives;
  private final RedrivePlanner redrivePlanner;
  private final ProgressLoop progress;

  /** Whether everything was listed, read and planned since the last failure, at least once. */
  private volatile boolean scanned;

  private ScannerSession(
      ScanConfig config,
      LoadingTurn turn,
      ScannerTransactions transactions,
      Database scanDatabase,
      Database progressDatabase,
      PlanConfig plan,
      Neighbours with) {
    this.config = config;
    this.turn = turn;
    this.transactions = transactions;
    this.scanDatabase = scanDatabase;
    this.progressDatabase = progressDatabase;
    this.generation = with.topics().generation();
    this.generations = new GenerationLedger(scanDatabase);
    FileLedger files = new FileLedger(scanDatabase, with.store().bucket());
    this.claims = new PlanClaims(scanDatabase, with.store().bucket());
    this.gate = gate(with);
    this.scanner = scanner(plan, with, files);
    this.planner = planner(plan, with, files);
    this.redrives = new RedriveLedger(scanDatabase, with.store().bucket());
    this.redrivePlanner = redrivePlanner(plan, with);
    this.progress = progress(with); // last: it opens a consumer
  }

  /**
   * Takes over as the active scanner of the set's current generation, if it is this deployment's
   * turn.
   *
   * @throws io.riffle.lease.LeaseElsewhereException when it is not
   * @throws io.riffle.generation.GenerationException when the generation is about to change
   */
  public static ScannerSession open(ScanConfig config, PlanConfig plan, Neighbours with) {
    Database scan = new Database(with.database());
    LoadingTurn turn = new LoadingTurn(scan, config.deployment());
    int generation = enter(turn, scan);
    Database progress = new Database(with.database());
    ScannerTransactions transactions =
        ScannerTransactions.open(with.kafka(), with.topics().scannerTransactionalId());
    try {
      return new ScannerSession(
          config, turn, transactions, scan, progress, plan, with.at(generation));
    } catch (RuntimeException e) {
      transactions.close();
      scan.close();
      progress.close();
      throw e;
    }
  }

  /** Before anything is fenced: who waits does not disturb the one whose turn it is. */
  private static int enter(LoadingTurn turn, Database scan) {
    try {
      turn.require();
      GenerationLedger generations = new GenerationLedger(scan);
      int generation = generations.current();
      generations.mayPlan(generation);
      return generation;
    } catch (RuntimeException e) {
      scan.close();
      throw e;
    }
  }

  /** Who changes the generation fences the scanner; that is no other one that has taken over. */
  @Override
  public void run(StopSignal stop, Pulse pulse) throws Exception {
    try {
      work(stop, pulse);
    } catch (FencedException e) {
      generations.mayPlan(generation);
      throw e;
    }
  }

  private void work(StopSignal stop, Pulse pulse) throws Exception {
    StopSignal ended = stop.child();
    progress.catchUp(ended);
    if (!ended.isGiven()) {
      claims.release();
    }
    log.atInfo().log("scanner is active");
    FutureTask<Void> mirror = startMirror(ended, pulse);
    try {
      scanUntil(ended);
    } finally {
      ended.give();
      stop.release(ended);
      join(mirror);
    }
  }

  @Override
  public void close() {
    gate.close();
    progress.close();
    transactions.close();
    progressDatabase.close();
    leaveTurn();
    scanDatabase.close();
  }

  private void leaveTurn() {
    try {
      turn.leave();
    } catch (LedgerException | LedgerUnavailableException e) {
      log.atDebug().setCause(e).log("the lease finds out by itself");
    }
  }

  private void scanUntil(StopSignal ended) throws IOException {
    while (!ended.isGiven()) {
      turn.require();
      if (generations.mayPlan(generation)) {
        planUntil(ended);
      }
      scanned = true;
      ended.await(config.interval());
    }
  }

  private void planUntil(StopSignal ended) throws IOException {
    for (LedgerFile file : scanner.scan()) {
      if (ended.isGiven() || !generations.mayPlan(generation)) {
        return;
      }
      planner.plan(file);
    }
    for (RedriveRequest request : redrives.due()) {
      if (ended.isGiven() || !generations.mayPlan(generation)) {
        return;
      }
      redrivePlanner.plan(request);
    }
  }

  /** Its rounds are short, so it is what tells that both threads are well. */
  private FutureTask<Void> startMirror(StopSignal ended, Pulse pulse) {
    FutureTask<Void> mirror =
        new FutureTask<>(
            () -> {
              try {
                progress.run(ended, () -> tell(pulse));
              } finally {
                ended.give();
              }
              return null;
            });
    new Thread(mirror, "progress").start();
    return mirror;
  }

  private void tell(Pulse pulse) {
    if (scanned) {
      pulse.worked();
    }
  }

  /** Waits for the other thread; its failure is the session's. */
  private static void join(FutureTask<Void> mirror) throws Exception {
    try {
      mirror.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception failure) {
        throw failure;
      }
      throw e;
    }
  }

  private Scanner scanner(PlanConfig plan, Neighbours with, FileLedger files) {
    return new Scanner(
        with.store(),
        config,
        plan.policies().usual().requireChecksum(),
        with.layouts(),
        new ManifestLedger(scanDatabase, with.store().bucket()),
        files,
        new UnlistedLedger(scanDatabase, with.store().bucket()),
        gate,
        with.clock());
  }

  private SyntheticGate gate(Neighbours with) {
    PreValidationConfig preValidation = config.preValidation();
    return new SyntheticGate(
        preValidation,
        new SyntheticLedger(scanDatabase),
        new PreValidation(with.database(), preValidation.timeout()));
  }

  private Planner planner(PlanConfig plan, Neighbours with, FileLedger files) {
    return new Planner(
        with.layouts(),
        with.topics(),
        plan,
        new Planner.Neighbours(
            with.store(),
            files,
            claims,
            new AttemptLedger(scanDatabase),
            transactions,
            with.subjects(),
            with.writer()));
  }

  private RedrivePlanner redrivePlanner(PlanConfig plan, Neighbours with) {
    return new RedrivePlanner(
        with.layouts(),
        with.topics(),
        plan,
        new RedrivePlanner.Neighbours(
            with.store(),
            redrives,
            new AttemptLedger(scanDatabase),
            transactions,
            with.subjects(),
            with.writer()));
  }

  private ProgressLoop progress(Neighbours with) {
    return ProgressLoop.open(
        with.kafka(),
        with.reader(),
        with.topics().progress(),
        progressDatabase,
        new BarrierWriter(with.layouts(), with.topics(), with.writer(), transactions));
  }
}
