package io.riffle.chaos.round;

import io.riffle.chaos.check.Finding;
import io.riffle.chaos.check.Finding.Kind;
import io.riffle.chaos.check.Promises;
import io.riffle.chaos.data.Feed;
import io.riffle.chaos.data.SetWriter;
import io.riffle.chaos.fault.Fault;
import io.riffle.chaos.fault.Faults;
import io.riffle.chaos.report.ChaosReport;
import io.riffle.chaos.report.Tally;
import io.riffle.chaos.scenario.Round;
import io.riffle.chaos.scenario.Scenario;
import io.riffle.chaos.scenario.Strike;
import io.riffle.chaos.stack.ChaosStack;
import io.riffle.operations.ledger.Ledger;
import io.riffle.operations.site.Endpoints;
import io.riffle.operations.site.StackException;
import io.riffle.schemas.layout.Layouts;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Plays rounds until their time is over or a promise was not kept: the first round that fails is
 * the last, so that what it left can be looked at.
 */
public final class ChaosRun {

  private static final Duration SETTLING_PATIENCE = Duration.ofSeconds(150);

  /** Sets are so old at most; the loader takes sets of the last 60 days. */
  private static final long DAYS_BACK = 30;

  private final ChaosStack stack;
  private final Layouts layouts;
  private final Consumer<String> progress;
  private final Tally tally;

  public ChaosRun(ChaosStack stack, Layouts layouts, Tally tally, Consumer<String> progress) {
    this.stack = stack;
    this.layouts = layouts;
    this.tally = tally;
    this.progress = progress;
  }

  /**
   * Plays a scenario.
   *
   * @param time no round begins after it; the first one always does
   * @param mostRounds no more rounds than these
   */
  public ChaosReport play(Scenario scenario, Duration time, int mostRounds) throws Exception {
    requireEmptyLedger();
    Instant start = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(DAYS_BACK, ChronoUnit.DAYS);
    Feed feed =
        new Feed(stack.s3(), stack.endpoints().bucket(), stack.database(), Endpoints.TABLES_SCHEMA);
    SetWriter writer = new SetWriter(layouts, stack.work(), start);
    long deadline = System.nanoTime() + time.toNanos();
    try (Deliverer deliverer = new Deliverer(writer, feed);
        Promises promises =
            new Promises(stack.database(), Endpoints.TABLES_SCHEMA, layouts, stack.logs())) {
      do {
        play(scenario.next(), deliverer, promises);
      } while (tally.kept() && tally.rounds() < mostRounds && System.nanoTime() < deadline);
    }
    return tally.report(stack.services().recoveries(), stack.services().endedByThemselves());
  }

  /** Rows of an earlier run would be rows too many. */
  private void requireEmptyLedger() throws SQLException {
    if (!new Ledger(stack.database(), Endpoints.TABLES_SCHEMA)
        .files(Optional.empty(), 1)
        .isEmpty()) {
      throw new StackException(
          "this stack has loaded something before: chaos needs an empty one (another --home, or"
              + " riffle down --purge)");
    }
  }

  private void play(Round round, Deliverer deliverer, Promises promises)
      throws InterruptedException, IOException {
    progress.accept("round " + round.number());
    round.deliveries().forEach(delivery -> progress.accept("  " + delivery));
    List<Finding> findings = new ArrayList<>();
    try {
      deliverer.begin(round.deliveries());
      strike(round.strikes());
      deliverer.await();
      new Settling(stack, SETTLING_PATIENCE).await(deliverer.sets().keySet());
      findings.addAll(promises.look(deliverer.sets()));
    } catch (StuckException | StackException e) {
      findings.add(new Finding("ComesBack", Kind.STUCK, firstLine(e), 1));
      findings.addAll(promises.lookAtLogs());
    } catch (SQLException e) {
      String what = "the database does not answer a look: " + e.getSQLState();
      findings.add(new Finding("ComesBack", Kind.STUCK, what, 1));
      findings.addAll(promises.lookAtLogs());
    }
    findings.forEach(finding -> progress.accept("  NOT KEPT: " + finding));
    tally.round(round, deliverer.sets().size(), deliverer.records(), findings);
  }

  private static String firstLine(RuntimeException failure) {
    return failure.getMessage().lines().findFirst().orElse("");
  }

  private void strike(List<Strike> strikes) throws InterruptedException {
    List<Fault> unhealed = new ArrayList<>();
    try {
      for (Strike strike : strikes) {
        strike(strike, unhealed);
      }
    } finally {
      heal(unhealed);
    }
  }

  private void strike(Strike strike, List<Fault> unhealed) throws InterruptedException {
    Thread.sleep(strike.before().toMillis());
    progress.accept("  " + strike);
    Fault fault = Faults.of(strike, stack);
    unhealed.add(fault);
    attempt(fault, "done", fault::inject);
    tally.struck(strike);
    Thread.sleep(strike.length().toMillis());
    if (!strike.stays()) {
      heal(unhealed);
      unhealed.clear();
    }
  }

  private interface Step {
    void run() throws Exception;
  }

  private static void attempt(Fault fault, String what, Step step) throws InterruptedException {
    try {
      step.run();
    } catch (InterruptedException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new StackException(fault.name() + " cannot be " + what + ": " + e, e);
    }
  }

  /** All that goes on by itself first: what is down needs it to start. */
  private void heal(List<Fault> faults) throws InterruptedException {
    for (Fault fault : faults) {
      attempt(fault, "healed", fault::heal);
    }
    stack.services().raise();
  }
}
