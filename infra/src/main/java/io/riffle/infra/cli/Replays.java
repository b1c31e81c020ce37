package io.riffle.infra.cli;

import io.riffle.infra.stack.LocalStack;
import io.riffle.operations.generation.GenerationRun;
import io.riffle.operations.generation.Programs;
import io.riffle.operations.replay.ReplayLedger;
import io.riffle.operations.replay.ReplayMode;
import io.riffle.operations.replay.ReplayRunner;
import io.riffle.operations.replay.ReplaySite;
import io.riffle.operations.site.Endpoints;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** Runs, cancels and drops replays of whatever mode. */
final class Replays {
  private static final String MERGE_PROCESSOR = "merge-processor";

  private final LocalStack stack;
  private final ReplayLedger ledger;
  private final ReplayRunner runner;
  private final ReplaySite site;

  Replays(LocalStack stack, ReplayLedger ledger) throws SQLException {
    Endpoints endpoints = stack.endpoints();
    this.stack = stack;
    this.ledger = ledger;
    this.site = ReplaySite.of(endpoints);
    this.runner = new ReplayRunner(endpoints, site);
  }

  Optional<String> run(long id, Duration patience, ReplayRunner.Watcher watcher)
      throws SQLException, InterruptedException {
    return isGeneration(id) ? generations(patience).run(id, watcher) : runner.run(id, watcher);
  }

  void cancel(long id, String why) throws SQLException {
    if (isGeneration(id)) {
      generations(Duration.ZERO).cancel(id, why);
    } else {
      ledger.change(id, "CANCELLED", why);
    }
  }

  void drop(long id) throws SQLException, InterruptedException {
    if (isGeneration(id)) {
      generations(Duration.ZERO).drop(id);
    } else {
      runner.drop(id);
    }
  }

  private boolean isGeneration(long id) throws SQLException {
    return ledger.get(id).mode() == ReplayMode.GENERATION;
  }

  private GenerationRun generations(Duration patience) {
    return new GenerationRun(site, runner, new OfStack(), patience);
  }

  /** The stack's own programs; those of others are theirs. */
  private final class OfStack implements Programs {
    @Override
    public void mergeProcessor() {
      if (stack.has(MERGE_PROCESSOR)) {
        stack.refresh(stack.instance(MERGE_PROCESSOR));
      }
    }

    @Override
    public void sink() {
      stack.renewSink();
    }
  }
}
