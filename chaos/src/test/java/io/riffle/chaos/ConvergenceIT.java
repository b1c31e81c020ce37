package io.riffle.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.chaos.data.ChaosSet;
import io.riffle.chaos.data.SetWriter;
import io.riffle.chaos.reference.Hashing;
import io.riffle.chaos.scenario.Delivery.NewSet;
import io.riffle.chaos.scenario.FaultKind;
import io.riffle.chaos.scenario.Scale;
import io.riffle.chaos.scenario.Scenario;
import io.riffle.infra.site.PortPolicy;
import io.riffle.infra.stack.LocalStack;
import io.riffle.operations.site.SetName;
import io.riffle.schemas.layout.Layouts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The tables are a function of the set of files: any order, with repeats, new attempts and kills,
 * makes the same bytes as the order of time without them. No reference of our own is involved.
 */
@Tag("full")
@Tag("chaos")
class ConvergenceIT {

  private static final int SETS = 9;
  private static final int ORDERS = Integer.getInteger("riffle.convergence.orders", 4);
  private static final long SEED = Long.getLong("riffle.convergence.seed", 20261121);
  private static final Scale SCALE = new Scale(1_000, 40);

  @TempDir Path folder;

  @AfterEach
  void purge() {
    LocalStack any = stack(new SetName("inorder"));
    any.stop();
    any.purge();
  }

  @Test
  void anyOrderWithRepeatsAndKillsMakesTheSameBytes() throws Exception {
    List<ChaosSet> sets = write();
    Map<String, String> expected = load(new SetName("inorder"), new TimeOrder(sets));
    assertThat(expected).containsKeys("carrier_claims.csv", "partd_events.csv");
    assertThat(expected).containsKeys("beneficiaries.csv", "beneficiary_monthly.csv");

    for (int order = 1; order <= ORDERS; order++) {
      Random random = new Random(SEED + order);
      List<ChaosSet> shuffled = new ArrayList<>(sets);
      Collections.shuffle(shuffled, random);
      String numbers = shuffled.stream().map(ChaosSet::number).toList().toString();

      assertThat(load(new SetName("order" + order), new RandomOrder(shuffled, random)))
          .as("seed %d, order %d: sets %s", SEED, order, numbers)
          .isEqualTo(expected);
    }
  }

  /** Sets as chaos makes them: they meet in their keys, some patch, some delete. */
  private List<ChaosSet> write() throws IOException {
    Instant start = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(30, ChronoUnit.DAYS);
    SetWriter writer = new SetWriter(Layouts.load(), folder.resolve("sets"), start);
    Scenario scenario = new Scenario(SEED, SCALE, List.of(FaultKind.KILL));
    List<ChaosSet> sets = new ArrayList<>();
    while (sets.size() < SETS) {
      List<NewSet> more =
          scenario.next().deliveries().stream()
              .filter(NewSet.class::isInstance)
              .map(NewSet.class::cast)
              .toList();
      for (NewSet set : more) {
        sets.add(writer.write(set));
      }
    }
    return sets;
  }

  /** The canonical dump, file by file, of a database of its own after that load. */
  private Map<String, String> load(SetName set, Loading loading) throws Exception {
    LocalStack stack = stack(set);
    stack.start();
    try (LoadedSet loaded = new LoadedSet(stack)) {
      loading.load(loaded);
      loaded.await();
      Path dump = folder.resolve("dump-" + set);
      loaded.dump(dump);
      return read(dump);
    }
  }

  private static Map<String, String> read(Path dump) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.list(dump)) {
      for (Path file : all.toList()) {
        files.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return files;
  }

  private LocalStack stack(SetName set) {
    return LocalStack.in(folder.resolve("home"))
        .set(set)
        .ports(PortPolicy.FREE)
        .environment(Hashing.USUAL.variables())
        .variable("RIFFLE_SCAN_INTERVAL", "500ms")
        .jvmOptions("-XX:TieredStopAtLevel=1")
        .open();
  }

  private interface Loading {
    void load(LoadedSet target) throws Exception;
  }

  /** One set after the other, by their own time. */
  private record TimeOrder(List<ChaosSet> sets) implements Loading {
    @Override
    public void load(LoadedSet target) throws Exception {
      for (ChaosSet set :
          sets.stream().sorted(Comparator.comparingInt(ChaosSet::second)).toList()) {
        target.upload(set);
        target.await();
      }
    }
  }

  /** As they come, some at once, and what goes wrong meanwhile. */
  private record RandomOrder(List<ChaosSet> sets, Random random) implements Loading {

    private static final List<String> KILLED =
        List.of("merge-processor", "rif-producer", "connect", "kafka");

    @Override
    public void load(LoadedSet target) throws Exception {
      for (int i = 0; i < sets.size(); i++) {
        target.upload(sets.get(i));
        if (random.nextBoolean()) {
          target.await();
        }
        ChaosSet earlier = sets.get(random.nextInt(i + 1));
        switch (random.nextInt(4)) {
          case 0 -> target.upload(earlier);
          case 1 -> target.loadAgain(earlier);
          case 2 -> target.crash(KILLED.get(random.nextInt(KILLED.size())));
          default -> {}
        }
      }
    }
  }
}
