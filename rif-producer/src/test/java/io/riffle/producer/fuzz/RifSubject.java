package io.riffle.producer.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.producer.rif.FilePlan;
import io.riffle.producer.rif.FileProblem;
import io.riffle.producer.rif.FilePromises;
import io.riffle.producer.rif.FileReading;
import io.riffle.producer.rif.GeneratedFile;
import io.riffle.producer.rif.Outcome;
import io.riffle.producer.rif.Outcome.Rejected;
import io.riffle.producer.rif.Outcomes;
import io.riffle.producer.rif.RejectCount;
import io.riffle.producer.rif.SplitLimits;
import io.riffle.producer.rif.TestFile;
import io.riffle.producer.rif.UnknownColumns;
import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** A RIF file of any type: planned, cut into splits, read, decoded. */
final class RifSubject implements Subject {

  private final Layout layout;
  private final boolean merge;
  private final UnknownColumns unknown;
  private final SplitLimits splits;
  private final boolean smallWindows;
  private final long seed;

  RifSubject(Random random) {
    List<Layout> layouts = List.copyOf(TestFile.LAYOUTS.all());
    this.layout = layouts.get(random.nextInt(layouts.size()));
    this.merge = layout.joins().isEmpty() && random.nextBoolean();
    this.unknown = random.nextBoolean() ? UnknownColumns.REJECT : UnknownColumns.IGNORE;
    this.splits =
        new SplitLimits(1 + random.nextInt(20_000), 1 + random.nextInt(10), 1 + random.nextInt(20));
    this.smallWindows = random.nextBoolean();
    this.seed = random.nextLong();
  }

  Layout layout() {
    return layout;
  }

  boolean merge() {
    return merge;
  }

  @Override
  public String name() {
    return (merge ? layout.type() + "_MERGE" : layout.type())
        + (smallWindows ? " in small windows" : "");
  }

  @Override
  public byte[] good() {
    Random random = new Random(seed);
    GeneratedFile file = new GeneratedFile(layout, columns(random), random.nextInt(3) > 0, random);
    String text = file.text(1 + random.nextInt(8));
    return RowMutations.plant(text.getBytes(StandardCharsets.UTF_8), random);
  }

  /** All columns, or those that a file must have and some of the others. */
  private List<Column> columns(Random random) {
    int others = random.nextInt(4) == 0 ? 100 : random.nextInt(20);
    List<Column> columns = new ArrayList<>();
    for (Column column : layout.fileColumns()) {
      boolean needed =
          merge ? column.role() != Role.NONE : column.required() || column.role() != Role.NONE;
      if (needed || random.nextInt(100) < others) {
        columns.add(column);
      }
    }
    return columns;
  }

  @Override
  public List<Mutation> steps() {
    List<Mutation> rows = RowMutations.ALL;
    return Stream.of(ByteMutations.ALL, rows, rows, rows, rows, HeaderMutations.ALL)
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public Came outcome(byte[] input) throws IOException {
    Random random = new Random(seed);
    TestFile file =
        smallWindows
            ? TestFile.inSmallWindows(layout, merge, input, random)
            : TestFile.of(layout, merge, input);
    FilePromises promises = new FilePromises(file, unknown, name());
    FileReading reading = Cost.bounded(input.length, () -> file.plan(unknown, splits));
    assertThat(promises.plan(splits, random)).isEqualTo(reading);
    return reading instanceof FileProblem problem
        ? came(problem)
        : came(file, (FilePlan) reading, promises);
  }

  private static Came came(FileProblem problem) {
    Canary.requireAbsentFrom(problem.toString());
    return new Came(List.of(problem.reason().name()), problem.toString());
  }

  private Came came(TestFile file, FilePlan plan, FilePromises promises) throws IOException {
    Outcomes outcomes = promises.read(plan, splits);
    List<Rejected> rejects =
        outcomes.all.stream().filter(Rejected.class::isInstance).map(Rejected.class::cast).toList();
    rejects.forEach(RifSubject::requireNoValue);
    if (!smallWindows) {
      RejectCount count = Cost.bounded(plan.end(), () -> file.rejects(plan));
      requireSame(count, rejects);
    }
    List<String> kinds = outcomes.all.stream().map(this::kind).distinct().toList();
    return new Came(kinds, String.join("\n", outcomes.summaries()));
  }

  private static void requireNoValue(Rejected reject) {
    Canary.requireAbsentFrom(reject.reason() + " " + reject.column());
  }

  /** The planner's count of rejects is what workers reject. */
  private static void requireSame(RejectCount count, List<Rejected> rejects) {
    assertThat(count.records()).isEqualTo(rejects.size());
    count
        .byReason()
        .forEach(
            (reason, records) ->
                assertThat(rejects.stream().filter(reject -> reject.reason() == reason))
                    .hasSize(Math.toIntExact(records)));
    assertThat(count.first())
        .isEqualTo(
            rejects.stream()
                .findFirst()
                .map(reject -> new RejectCount.Place(reject.at(), reject.column())));
  }

  private String kind(Outcome outcome) {
    if (outcome instanceof Rejected rejected) {
      return rejected.reason().name();
    }
    return (outcome instanceof Outcome.Deleted ? "deleted " : "accepted ") + layout.type();
  }
}
