package io.riffle.merge.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.merge.record.Arrival;
import io.riffle.merge.record.Encoded;
import io.riffle.merge.record.Sparse;
import io.riffle.merge.rule.KeyState;
import io.riffle.schemas.avro.RecordSchemas;
import io.riffle.schemas.control.Version;
import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Layouts;
import io.riffle.schemas.layout.Lines;
import io.riffle.schemas.layout.Role;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The first record of a key is passed through where it is the row. Nobody can tell: over a state
 * that is there and empty, every field is looked at, and the bytes are the same. Of all shipped
 * types with keys of their own.
 */
class PassThroughTest {
  private static final int SEEDS = 12;
  private static final int MOST_LINES = 30; // more than a scan has room for at first
  private static final String LONG_TEXT = "a".repeat(200);

  static Stream<Layout> layouts() {
    return Layouts.load().all().stream().filter(layout -> layout.joins().isEmpty());
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void wholeRecordsGiveTheSameBytes(Layout layout) {
    Pair pair = new Pair(layout);
    for (int seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      Arrival.Full full = (Arrival.Full) pair.bench.arrival(whole(layout, random), 1, random);
      assertThat(full.plan().isComplete() || layout.lines() == Lines.YEARS).isTrue();
      pair.check(full, seed);
    }
  }

  /** FULL records of older layouts, patches, deletes; what follows them is taken over both. */
  @ParameterizedTest
  @MethodSource("layouts")
  void setsOfRecordsGiveTheSameBytes(Layout layout) {
    Pair pair = new Pair(layout);
    for (int seed = 0; seed < SEEDS; seed++) {
      GivenRecords records = new GivenRecords(seed, layout);
      Random random = new Random(seed);
      List<Given> set = new ArrayList<>(records.set());
      set.removeIf(record -> record.kind() == Given.Kind.HISTORY);
      set.add(random.nextInt(set.size() + 1), whole(layout, random));
      Pair.Stored stored = new Pair.Stored(null, pair.empty);
      for (Given record : set) {
        stored = pair.check(stored, pair.bench.arrival(record, 1, random), seed);
      }
    }
  }

  /** The sink copies rows of new keys into the tables without looking for them there. */
  @ParameterizedTest
  @MethodSource("layouts")
  void onlyTheFirstRecordOfAKeyThatWasEmittedIsNew(Layout layout) {
    KeyBench bench = new KeyBench(layout);
    Random random = new Random(1);
    Arrival.Data full = bench.arrival(whole(layout, random), 1, random);
    Arrival.Data newer = bench.arrival(of(Given.Kind.FULL, 9, whole(layout, random)), 1, random);
    Arrival.Data patch = bench.arrival(patch(layout, 8), 1, random);
    Arrival.Data delete = bench.arrival(of(Given.Kind.DELETE, 2, patch(layout, 2)), 1, random);

    KeyMerge.Step first = bench.take(null, full);
    KeyMerge.Step parked = bench.take(null, patch);

    assertThat(isKnown(first)).isFalse();
    assertThat(isKnown(bench.take(first.state(), newer))).isTrue();
    assertThat(isKnown(bench.take(first.state(), patch))).isTrue();
    assertThat(parked.merged()).isEmpty();
    assertThat(isKnown(bench.take(parked.state(), full))).isFalse();
    assertThat(isKnown(bench.take(bench.take(null, delete).state(), newer))).isTrue();
  }

  private static boolean isKnown(KeyMerge.Step step) {
    GenericRecord merged = KeyBench.decode(step.merged().orElseThrow());
    return (Boolean) ((GenericRecord) merged.get(RecordSchemas.MERGE)).get("known");
  }

  /** The same records taken over no state and over an empty one. */
  private static final class Pair {
    private final KeyBench bench;
    private final byte[] empty;

    Pair(Layout layout) {
      this.bench = new KeyBench(layout);
      KeyState none = KeyState.empty(bench.columns().shape());
      this.empty = bench.codec().encode(none, Optional.empty(), Sparse.of(none));
    }

    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Stored(byte[] quick, byte[] slow) {}

    void check(Arrival.Data data, int seed) {
      check(new Stored(null, empty), data, seed);
    }

    Stored check(Stored stored, Arrival.Data data, int seed) {
      KeyMerge.Step quick = bench.take(stored.quick, data);
      KeyMerge.Step slow = bench.take(stored.slow, data);
      assertThat(quick.outcome()).as("outcome, seed %s", seed).isEqualTo(slow.outcome());
      assertThat(quick.state()).as("state, seed %s", seed).isEqualTo(slow.state());
      assertThat(bytes(quick.merged())).as("merged, seed %s", seed).isEqualTo(bytes(slow.merged()));
      assertThat(bytes(quick.parked())).as("parked, seed %s", seed).isEqualTo(bytes(slow.parked()));
      return new Stored(quick.state(), slow.state());
    }

    private static byte[] bytes(Optional<Encoded> value) {
      return value.map(Encoded::value).orElse(new byte[0]);
    }
  }

  /** A FULL record with every column of the layout; of a person, with a year. */
  private static Given whole(Layout layout, Random random) {
    Map<String, Optional<String>> header = fields(layout.headerColumns(), random);
    Map<Integer, Map<String, Optional<String>>> lines = new TreeMap<>();
    if (layout.lines() == Lines.YEARS) {
      header.put(layout.lineKey().orElseThrow().sqlName(), Optional.of("2021"));
      lines.put(2021, fields(layout.lineColumns(), random));
    } else if (layout.hasLines()) {
      int count =
          1 + random.nextInt(MOST_LINES); // without lines, the file would lack their columns
      for (int line = 1; line <= count; line++) {
        lines.put(line, fields(layout.lineColumns(), random));
      }
    }
    return new Given(version(1 + random.nextInt(7)), Given.Kind.FULL, header, lines);
  }

  private static Given of(Given.Kind kind, int instant, Given other) {
    return new Given(version(instant), kind, other.header(), other.lines());
  }

  private static Given patch(Layout layout, int instant) {
    Column column =
        layout.headerColumns().stream()
            .filter(c -> !c.required() && !c.derived())
            .findFirst()
            .orElseThrow();
    return new Given(
        version(instant), Given.Kind.MERGE, Map.of(column.sqlName(), Optional.of("b")), Map.of());
  }

  private static Version version(int instant) {
    return new Version(instant, 0, 0, 0, 7);
  }

  private static Map<String, Optional<String>> fields(Collection<Column> columns, Random random) {
    Map<String, Optional<String>> fields = new HashMap<>();
    for (Column column : columns) {
      if (column.role() == Role.KEY || column.role() == Role.LINE_KEY) {
        continue; // written from the key and the line's number
      }
      String text = random.nextInt(20) == 0 ? LONG_TEXT : "c";
      boolean empty = !column.required() && random.nextInt(3) > 0;
      fields.put(column.sqlName(), empty ? Optional.empty() : Optional.of(text));
    }
    return fields;
  }
}
