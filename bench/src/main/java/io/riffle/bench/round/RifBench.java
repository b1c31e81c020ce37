package io.riffle.bench.round;

import io.riffle.bench.chain.BenchChain;
import io.riffle.bench.data.RoundData;
import io.riffle.bench.meter.Meter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** {@code riffle bench rif}: rounds that warm up, then rounds that count. */
public final class RifBench {

  /** Runs something and looks where the time goes. */
  public interface Profiling {
    void run(String name, Callable<?> work) throws Exception;
  }

  private final BenchChain chain;
  private final RoundPlan plan;
  private final long records;
  private final Contenders contenders;
  private final Consumer<String> progress;

  /**
   * @param records of each round that counts
   */
  public RifBench(
      BenchChain chain, RoundPlan plan, long records, Meter meter, Consumer<String> progress)
      throws Exception {
    this.chain = chain;
    this.plan = plan;
    this.records = records;
    this.contenders = new Contenders(chain, plan, meter);
    this.progress = progress;
  }

  /**
   * Runs all rounds.
   *
   * @throws io.riffle.operations.load.LoadException when a round loads other rows than were
   *     generated
   */
  public List<RoundResult> run(Optional<SinkPeer> peer) throws Exception {
    new WarmUp(plan.warmup(), progress).run(contenders::round);
    List<RoundResult> results = new ArrayList<>();
    for (int run = 1; run <= plan.runs(); run++) {
      RoundResult result = contenders.round(records);
      if (peer.isPresent()) {
        result = result.with(peer.get().race(chain, plan.layout()));
      }
      tell(run, result);
      results.add(result);
    }
    return results;
  }

  /** One more load and backfill, which do not count, for who has to warm up anew. */
  public void extraRound() throws Exception {
    profiledRound((name, work) -> work.call());
  }

  /**
   * One more load and backfill, which do not count.
   *
   * @param profiler is given either, by a name, to run it
   */
  public void profiledRound(Profiling profiler) throws Exception {
    RoundData round = contenders.prepare(records, true);
    profiler.run("load", () -> contenders.load(round));
    if (round.merge().isPresent()) {
      profiler.run("merge", () -> contenders.merge(round));
    }
    contenders.forget(round);
  }

  private void tell(int run, RoundResult result) {
    for (Measurement one : result.all()) {
      progress.accept(
          String.format(
              Locale.ROOT,
              "run %d of %d: %-13s %,.0f records/s, %.1f s, %.1f CPU s (JIT %.1f)",
              run,
              plan.runs(),
              one.contender(),
              one.recordsPerSecond(),
              one.seconds(),
              one.cpuSeconds(),
              one.compilerSeconds()));
    }
  }
}
