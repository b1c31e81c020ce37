package io.riffle.bench.round;

import io.riffle.bench.chain.BenchChain;
import io.riffle.bench.meter.Meter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** {@code riffle bench scale}: the load alone, in several sizes and with several threads. */
public final class ScaleBench {

  private final BenchChain chain;
  private final RoundPlan plan;
  private final Consumer<String> progress;

  public ScaleBench(BenchChain chain, RoundPlan plan, Consumer<String> progress) {
    this.chain = chain;
    this.plan = plan;
    this.progress = progress;
  }

  /**
   * Loads by number of records: each run has all sizes, the large ones first: what still warms up
   * counts against them.
   */
  public Map<Long, List<Measurement>> sizes(List<Long> sizes) throws Exception {
    Map<Long, List<Measurement>> measured = new TreeMap<>();
    try (Meter meter = chain.meter()) {
      Contenders contenders = new Contenders(chain, plan, meter);
      new WarmUp(plan.warmup(), progress).run(contenders::loadOnly);
      for (int run = 1; run <= plan.runs(); run++) {
        for (long size : sizes.stream().sorted(Comparator.reverseOrder()).toList()) {
          Measurement load = contenders.loadOnly(size);
          tell(String.format(Locale.ROOT, "%,d records", size), load);
          measured.computeIfAbsent(size, any -> new ArrayList<>()).add(load);
        }
      }
    }
    return measured;
  }

  /** Loads of one size by number of threads; the programs are warmed up anew for each. */
  public Map<Integer, List<Measurement>> threads(List<Integer> threads, long size)
      throws Exception {
    Map<Integer, List<Measurement>> measured = new TreeMap<>();
    for (int number : threads) {
      chain.parallelism(number);
      try (Meter meter = chain.meter()) {
        Contenders contenders = new Contenders(chain, plan, meter);
        new WarmUp(plan.warmup(), progress).run(contenders::loadOnly);
        for (int run = 1; run <= plan.runs(); run++) {
          Measurement load = contenders.loadOnly(size);
          tell(number + " workers, merge threads and sink tasks", load);
          measured.computeIfAbsent(number, any -> new ArrayList<>()).add(load);
        }
      }
    }
    return measured;
  }

  private void tell(String what, Measurement load) {
    progress.accept(
        String.format(
            Locale.ROOT,
            "%s: %.1f s, %.1f CPU us per record (JIT %.1f s)",
            what,
            load.seconds(),
            load.cpuMicrosPerRecord(),
            load.compilerSeconds()));
  }
}
