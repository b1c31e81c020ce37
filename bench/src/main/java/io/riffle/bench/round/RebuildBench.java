package io.riffle.bench.round;

import io.riffle.bench.chain.BenchChain;
import io.riffle.bench.meter.Meter;
import io.riffle.sink.rebuild.Step;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** {@code riffle bench replay}: loads once, then rebuilds and copies by turns. */
public final class RebuildBench {

  private final BenchChain chain;
  private final Meter meter;
  private final Consumer<String> progress;

  public RebuildBench(BenchChain chain, Meter meter, Consumer<String> progress) {
    this.chain = chain;
    this.meter = meter;
    this.progress = progress;
  }

  /**
   * All rounds of a type.
   *
   * @param plan whose warm-up is not looked at
   * @param records to load before
   * @throws io.riffle.operations.load.LoadException when rows are missing anywhere
   */
  public List<RebuildRound> run(RoundPlan plan, long records)
      throws IOException, SQLException, InterruptedException {
    String type = plan.layout().type();
    progress.accept(String.format(Locale.ROOT, "%s: loading %,d records", type, records));
    Measurement load = new Contenders(chain, plan, meter).loadOnly(records);
    progress.accept(type + ": a first rebuild, which does not count");
    RebuildContenders contenders = new RebuildContenders(chain, plan, meter, load);
    List<RebuildRound> rounds = new ArrayList<>();
    for (int number = 1; number <= plan.runs(); number++) {
      RebuildRound round = contenders.round();
      rounds.add(round);
      progress.accept(
          String.format(
              Locale.ROOT,
              "%s, round %d of %d: rebuild %.1f s (verification %.1f), bare COPY %.1f s",
              type,
              number,
              plan.runs(),
              round.rebuild().seconds(),
              round.steps().getOrDefault(Step.VERIFY, 0.0),
              round.copy().seconds()));
    }
    return rounds;
  }
}
