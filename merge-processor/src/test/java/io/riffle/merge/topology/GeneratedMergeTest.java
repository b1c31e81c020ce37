package io.riffle.merge.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.merge.record.Arrival;
import io.riffle.merge.record.Encoded;
import io.riffle.merge.record.Row;
import io.riffle.merge.record.Sparse;
import io.riffle.merge.rule.KeyState;
import io.riffle.merge.rule.MergeRule;
import io.riffle.merge.rule.Outcome;
import io.riffle.schemas.control.ControlCodec;
import io.riffle.schemas.control.Parked;
import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Layouts;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Generated sets of records, delivered in random orders with repetitions, give what {@link
 * NaiveMerge} says of the set. One seed again: {@code -Driffle.merge.seed=N}; more of them: {@code
 * -Driffle.merge.seeds=N}.
 */
class GeneratedMergeTest {
  private static final long SEEDS = Long.getLong("riffle.merge.seeds", 2_000);

  /** So many times as many in the long suite. */
  private static final long MORE = 5;

  /** One seed in so many is checked after each delivery, the others at the end. */
  private static final long EVERY_STEP = 8;

  @Test
  void typeWithLinesConverges() {
    typeWithLinesConverges(SEEDS);
  }

  @Test
  void typeWithoutLinesConverges() {
    typeWithoutLinesConverges(SEEDS / 4);
  }

  @Test
  void personsConverge() {
    personsConverge(SEEDS / 2);
  }

  @Test
  void personsOfTheShippedLayoutConverge() {
    personsOfTheShippedLayoutConverge(SEEDS / 500);
  }

  @Test
  @Tag("full")
  @Tag("merge")
  void manyMoreConverge() {
    typeWithLinesConverges(MORE * SEEDS);
    typeWithoutLinesConverges(MORE * SEEDS / 4);
    personsConverge(MORE * SEEDS / 2);
    personsOfTheShippedLayoutConverge(MORE * SEEDS / 500);
  }

  private static void typeWithLinesConverges(long seeds) {
    converges(SmallLayout.withLines(), seeds);
  }

  private static void typeWithoutLinesConverges(long seeds) {
    converges(SmallLayout.withoutLines(), seeds);
  }

  private static void personsConverge(long seeds) {
    Layout layout = SmallLayout.persons();
    KeyBench bench = new KeyBench(layout, Optional.of(SmallLayout.formers()));
    converges(bench, layout, seeds);
  }

  /** With all its columns: years of two bytes, derived columns, months of one record and many. */
  private static void personsOfTheShippedLayoutConverge(long seeds) {
    Layouts layouts = Layouts.load();
    Layout layout = layouts.get("BENEFICIARY");
    KeyBench bench = new KeyBench(layout, layouts.find("BENEFICIARY_HISTORY"));
    converges(bench, layout, seeds);
  }

  private static void converges(Layout layout, long count) {
    converges(new KeyBench(layout), layout, count);
  }

  private static void converges(KeyBench bench, Layout layout, long count) {
    Long only = Long.getLong("riffle.merge.seed");
    LongStream seeds = only == null ? LongStream.range(0, count) : LongStream.of(only);
    seeds.forEach(
        seed -> {
          try {
            new Run(bench, layout, seed).check();
          } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("-Driffle.merge.seed=" + seed + ": " + e.getMessage(), e);
          }
        });
  }

  /** All that is done with one seed. */
  private static final class Run {
    private final KeyBench bench;
    private final Layout layout;
    private final GivenRecords records;
    private final List<Given> set;
    private final NaiveMerge expected;
    private final boolean everyStep;

    Run(KeyBench bench, Layout layout, long seed) {
      this.everyStep = Long.getLong("riffle.merge.seed") != null || seed % EVERY_STEP == 0;
      this.bench = bench;
      this.layout = layout;
      this.records = new GivenRecords(seed, layout);
      this.set = records.set();
      this.expected = naive(set);
    }

    private NaiveMerge naive(Set<Given> some) {
      return naive(List.copyOf(some));
    }

    private NaiveMerge naive(List<Given> some) {
      return new NaiveMerge(some, layout);
    }

    void check() {
      byte[] once = deliver();
      assertThat(deliverInMemory()).as("state of the same set in another order").isEqualTo(once);
    }

    /** Every step from stored bytes to stored bytes: a restart after each delivery. */
    private byte[] deliver() {
      Emitted emitted = new Emitted();
      Set<Given> delivered = new HashSet<>();
      byte[] stored = null;
      for (Given record : records.deliveries(set)) {
        KeyMerge.Step step = bench.take(stored, arrival(record));
        emitted.add(step);
        if (everyStep) {
          checkStep(step, record, delivered, emitted);
        }
        delivered.add(record);
        stored = step.state();
        if (records.random().nextInt(4) == 0) {
          redriveOne(stored, delivered, emitted);
        }
      }
      emitted.check();
      checkParts(bench.codec().decode(stored));
      return stored;
    }

    /** Any record again, marked: the state stays, and what is emitted is the key as it stands. */
    private void redriveOne(byte[] stored, Set<Given> delivered, Emitted emitted) {
      List<Given> some = List.copyOf(delivered);
      Given record = some.get(records.random().nextInt(some.size()));
      KeyMerge.Step step = bench.redrive(stored, arrival(record));
      emitted.add(step);
      assertThat(step.state()).as("state after a redrive of %s", record).isEqualTo(stored);
      assertThat(step.parked()).isEmpty();
      if (everyStep) {
        checkRedriven(step, record, naive(delivered), emitted);
      }
    }

    private void checkRedriven(KeyMerge.Step step, Given record, NaiveMerge now, Emitted emitted) {
      boolean overtaken =
          now.deletedAt().filter(at -> !record.version().isNewerThan(at)).isPresent();
      boolean ended = !now.exists() && now.deletedAt().equals(Optional.of(record.version()));
      assertThat(step.merged().isPresent())
          .as("redrive of %s is emitted", record)
          .isEqualTo(ended || (now.exists() && !overtaken));
      new MergedCheck(layout, now, KeyBench.KEY).checkContent(emitted.merged());
    }

    private void checkStep(
        KeyMerge.Step step, Given record, Set<Given> delivered, Emitted emitted) {
      NaiveMerge before = naive(delivered);
      Set<Given> with = new HashSet<>(delivered);
      boolean seen = !with.add(record);
      NaiveMerge after = naive(with);
      assertThat(step.outcome().name())
          .as("outcome of %s among %s", record, delivered)
          .isEqualTo(after.outcome(record, before, seen));
      if (step.merged().isPresent()) {
        boolean known = before.exists() || before.deletedAt().isPresent();
        new MergedCheck(layout, after, KeyBench.KEY)
            .checkEmitted(emitted.merged().orElseThrow(), record, known);
      }
    }

    /** The same with a state that is stored and restored now and then only. */
    private byte[] deliverInMemory() {
      KeyState state = KeyState.empty(bench.columns().shape());
      for (Given record : records.deliveries(set)) {
        MergeRule.apply(state, arrival(record).record());
        if (records.random().nextInt(4) == 0) {
          state = bench.codec().decode(encode(state));
        }
      }
      return encode(state);
    }

    private byte[] encode(KeyState state) {
      Optional<Row> row =
          state.exists() ? Optional.of(Row.of(state, bench.columns())) : Optional.empty();
      return bench.codec().encode(state, row, Sparse.of(state));
    }

    private Arrival.Data arrival(Given record) {
      return bench.arrival(record, 1 + records.random().nextInt(2), records.random());
    }

    /** The state itself against the rule. */
    private void checkParts(KeyState state) {
      assertThat(state.marks().deleted()).isEqualTo(expected.deletedAt());
      assertThat(state.marks().full()).isEqualTo(expected.full());
      assertThat(state.seen())
          .containsExactlyElementsOf(
              set.stream().map(Given::version).collect(Collectors.toCollection(TreeSet::new)));
      Set<NaiveMerge.Place> kept =
          Sparse.of(state).kept().stream()
              .map(field -> place(field.line(), field.column()))
              .collect(Collectors.toSet());
      assertThat(kept).as("kept").isEqualTo(expected.kept().keySet());
    }

    private NaiveMerge.Place place(Optional<Integer> line, int column) {
      List<Column> columns = line.isPresent() ? layout.lineColumns() : layout.headerColumns();
      return new NaiveMerge.Place(line.orElse(0), columns.get(column).sqlName());
    }

    /** What went to the topics: the newest record of each. */
    private final class Emitted {
      private Optional<Encoded> merged = Optional.empty();
      private Optional<Encoded> parked = Optional.empty();

      void add(KeyMerge.Step step) {
        assertThat(step.merged().isPresent()).isEqualTo(step.outcome() == Outcome.APPLIED);
        merged = step.merged().or(() -> merged);
        parked = step.parked().or(() -> parked);
      }

      Optional<GenericRecord> merged() {
        return merged.map(KeyBench::decode);
      }

      void check() {
        new MergedCheck(layout, expected, KeyBench.KEY).checkContent(merged());
        new ParkedCheck(layout, expected, GivenAvro::file)
            .check(parked.map(KeyBench::decode).map(ControlCodec.of(Parked.class)::fromAvro));
      }
    }
  }
}
