package io.riffle.bench.round;

import io.riffle.operations.load.LoadException;
import io.riffle.operations.replay.ReplayMode;
import io.riffle.operations.replay.ReplayPlanner;
import io.riffle.operations.replay.ReplayRequest;
import io.riffle.operations.replay.ReplayRunner;
import io.riffle.operations.replay.ReplaySite;
import io.riffle.operations.replay.Scope;
import io.riffle.operations.replay.StartAt;
import io.riffle.operations.site.Endpoints;
import io.riffle.schemas.layout.Layout;
import java.sql.SQLException;
import java.util.Optional;

/** Rebuilds of a type's tables, planned, run and dropped as {@code riffle replay} does. */
final class PlannedRebuild {

  private final ReplayPlanner planner;
  private final ReplayRunner runner;
  private final ReplayRequest request;
  private long id;

  PlannedRebuild(Endpoints endpoints, Layout layout) throws SQLException {
    ReplaySite site = ReplaySite.of(endpoints);
    this.planner = new ReplayPlanner(site);
    this.runner = new ReplayRunner(endpoints, site);
    this.request =
        new ReplayRequest(
            new Scope.Table(layout.headerTable()),
            new StartAt.Beginning(),
            ReplayMode.REBUILD,
            false,
            "bench");
  }

  /** Makes the next plan; nothing is done yet. */
  void plan() throws SQLException {
    id = planner.plan(request).status().id();
  }

  /**
   * Runs what was planned.
   *
   * @throws LoadException when the new tables are not live then
   */
  void run(ReplayRunner.Watcher watcher) throws SQLException, InterruptedException {
    Optional<String> failure = runner.run(id, watcher);
    if (failure.isPresent()) {
      throw new LoadException("rebuild " + id + ": " + failure.get());
    }
  }

  /** Takes away the tables that were replaced. */
  void drop() throws SQLException, InterruptedException {
    runner.drop(id);
  }
}
