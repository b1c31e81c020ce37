package io.riffle.bench.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffle.bench.chain.BenchChain;
import io.riffle.bench.meter.Heap;
import io.riffle.bench.meter.Meter;
import io.riffle.bench.profile.ProcessProfile;
import io.riffle.bench.profile.ProfileText;
import io.riffle.bench.profile.Profiler;
import io.riffle.bench.report.Machine;
import io.riffle.bench.report.RifReport;
import io.riffle.bench.report.RifText;
import io.riffle.bench.round.RifBench;
import io.riffle.bench.round.RoundPlan;
import io.riffle.bench.round.RoundResult;
import io.riffle.bench.round.SinkPeer;
import io.riffle.infra.cli.Riffle;
import io.riffle.infra.cli.StackOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code riffle bench rif}. */
@Command(
    name = "rif",
    description =
        "Load records end to end, backfill them, and COPY the same rows into the same "
            + "tables. After the warm-up the contenders take turns, --runs times; each round "
            + "has new keys and empty tables. Prints median, least and greatest of records/s, "
            + "CPU and memory, and ratios; exit code 1 when a round loads other rows than were "
            + "generated.",
    mixinStandardHelpOptions = true)
final class RifCommand implements Callable<Integer> {

  @ParentCommand private BenchCommand bench;
  @Mixin private RoundOptions round = new RoundOptions();

  @Option(
      names = "--records",
      paramLabel = "N",
      defaultValue = "100k",
      converter = Count.Converter.class,
      description =
          "Records of each round: claims, drug events, persons; 300k and 1M are fine, too "
              + "(default: ${DEFAULT-VALUE})")
  private Count records;

  @Option(
      names = "--runs",
      paramLabel = "K",
      defaultValue = "3",
      description = "Rounds that count (default: ${DEFAULT-VALUE})")
  private int runs;

  @Option(
      names = "--profile",
      paramLabel = "DIR",
      description =
          "Two more rounds, which do not count: a flight recording of each JVM goes to "
              + "DIR, and what took the CPU of each process is printed")
  private Path profile;

  @Override
  public Integer call() throws Exception {
    StackOptions options = bench.options();
    RoundPlan plan = round.plan(options, runs);
    round.requireAtLeast("--records", 1, List.of(records.value()));
    if (profile != null) {
      Files.createDirectories(profile); // not after hours of measuring
    }
    Optional<SinkPeer> peer =
        ServiceLoader.load(SinkPeer.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(one -> one.takes(plan.layout()))
            .findFirst();
    try (BenchChain chain = round.chain(options, peer);
        Meter meter = chain.meter()) {
      RifBench rif = new RifBench(chain, plan, records.value(), meter, System.err::println);
      List<RoundResult> results = rif.run(peer);
      RifReport report = RifReport.of(plan, results, heaps(chain), Machine.here());
      if (options.json()) {
        System.out.println(json(report, profiles(chain, rif)));
      } else {
        System.out.println(RifText.of(report));
        profiles(chain, rif)
            .forEach((what, of) -> System.out.println("\n" + ProfileText.of(what, of)));
      }
    }
    return Riffle.OK;
  }

  private static List<Heap> heaps(BenchChain chain) throws InterruptedException {
    List<Heap> heaps = new ArrayList<>();
    for (Map.Entry<String, Long> process : chain.pids().entrySet()) {
      Heap.of(process.getKey(), process.getValue()).ifPresent(heaps::add);
    }
    return heaps;
  }

  private Map<String, List<ProcessProfile>> profiles(BenchChain chain, RifBench rif)
      throws Exception {
    Map<String, List<ProcessProfile>> profiles = new LinkedHashMap<>();
    if (profile != null) {
      System.err.println("two more rounds, the second one for the profile");
      Profiler profiler = Profiler.open(chain.pids(), profile);
      try {
        rif.extraRound();
        rif.profiledRound((what, work) -> profiles.put(what, profiler.profile(what, work)));
      } finally {
        profiler.end();
      }
    }
    return profiles;
  }

  private static ObjectNode json(RifReport report, Map<String, List<ProcessProfile>> profiles) {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode object = mapper.valueToTree(report);
    if (!profiles.isEmpty()) {
      object.set("profiles", mapper.valueToTree(profiles));
    }
    return object;
  }
}
