package io.riffle.merge.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.merge.record.Arrival;
import io.riffle.merge.record.Row;
import io.riffle.merge.record.Sparse;
import io.riffle.merge.record.TypeColumns;
import io.riffle.merge.rule.Cell;
import io.riffle.merge.rule.KeyState;
import io.riffle.merge.rule.MergeRule;
import io.riffle.merge.state.StateCodec;
import io.riffle.schemas.avro.RecordSchemas;
import io.riffle.schemas.control.ControlCodec;
import io.riffle.schemas.control.Merge;
import io.riffle.schemas.control.Version;
import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.EmptyRule;
import io.riffle.schemas.layout.Kind;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Level;
import io.riffle.schemas.layout.Role;
import io.riffle.schemas.wire.SchemaHandle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

class StoredFormTest {
  private final Layout layout = SmallLayout.withLines();
  private final KeyBench bench = new KeyBench(layout);

  @Test
  void firstFullRecordIsStoredAsIfItsFieldsHadBeenLookedAt() {
    for (int seed = 0; seed < 20; seed++) {
      Arrival.Data arrival = bench.arrival(full(1, 5), 1, new Random(seed));

      byte[] quick = bench.take(null, arrival).state();

      KeyState state = KeyState.empty(bench.columns().shape());
      MergeRule.apply(state, arrival.record());
      Row row = Row.of(state, bench.columns());
      assertThat(quick).isEqualTo(bench.codec().encode(state, Optional.of(row), Sparse.of(state)));
      assertThat(row).isEqualTo(Row.of(((Arrival.Full) arrival).row()));
    }
  }

  @Test
  void linesHashIsAFunctionOfTheLinesWhereverTheyCameFrom() {
    long direct = linesHash(bench.take(null, arrival(full(1, 3))));
    byte[] patched = bench.take(null, arrival(patch(2, 3))).state();
    KeyMerge.Step whole = bench.take(patched, arrival(full(1, 3)));

    assertThat(linesHash(whole)).isNotEqualTo(direct);
    assertThat(linesHash(bench.take(whole.state(), arrival(full(3, 3))))).isEqualTo(direct);
    assertThat(linesHash(bench.take(null, arrival(full(4, 2))))).isNotEqualTo(direct);
  }

  @Test
  void rowOfAnEarlierLayoutIsReadByItsSchema() {
    byte[] stored = bench.take(null, arrival(full(1, 2))).state();
    stored = bench.take(stored, arrival(patch(3, 2))).state();
    Layout wider = wider();
    TypeColumns columns = new TypeColumns(wider);
    SchemaHandle merged =
        SchemaHandle.register(bench.registry(), "merged", RecordSchemas.merged(wider));

    KeyState state = new StateCodec(bench.registry(), columns, merged).decode(stored);

    assertThat(state.marks().full()).contains(version(1));
    assertThat(state.lines()).containsOnlyKeys(1, 2);
    int added = 0;
    int patchedOptional = columns.line().size() - 1;
    assertThat(columns.line().get(added).name()).isEqualTo("L_NEW");
    assertThat(state.lines().get(2).cells().get(added)).isEmpty();
    assertThat(state.lines().get(2).cells().get(patchedOptional).map(Cell::version))
        .contains(version(3));
    assertThat(Row.of(state, columns).bytes().length()).isPositive();
  }

  @Test
  void foreignFormatIsRefused() {
    byte[] stored = bench.take(null, arrival(full(1, 1))).state();
    stored[0] = 9;

    assertThatThrownBy(() -> bench.codec().decode(stored))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a stored key has format 9");
  }

  private Arrival.Data arrival(Given record) {
    return bench.arrival(record, 1, new Random(1));
  }

  private static long linesHash(KeyMerge.Step step) {
    GenericRecord merged = KeyBench.decode(step.merged().orElseThrow());
    GenericRecord envelope = (GenericRecord) merged.get(RecordSchemas.MERGE);
    return ControlCodec.of(Merge.class).fromAvro(envelope).linesHash();
  }

  /** The same layout with a new optional column in front of the line's. */
  private Layout wider() {
    List<Column> columns = new ArrayList<>(layout.columns());
    columns.add(
        layout.columns().size() - layout.lineColumns().size(),
        new Column(
            "L_NEW", 0, Level.LINE, Kind.LONG, 0, 0, 0, false, EmptyRule.NULL, Role.NONE, 2, ""));
    return new Layout(layout.type(), "", 2, layout.headerTable(), layout.lineTable(), columns);
  }

  private static Given full(int version, int lines) {
    Map<String, Optional<String>> header =
        Map.of(
            "req", Optional.of("a"),
            "req_num", Optional.of("b"),
            "opt", Optional.empty(),
            "opt_num", Optional.of("c"));
    Map<Integer, Map<String, Optional<String>>> byNumber = new HashMap<>();
    for (int line = 1; line <= lines; line++) {
      byNumber.put(
          line,
          Map.of(
              "l_req", Optional.of("l" + line),
              "l_opt", Optional.empty(),
              "l_opt_num", Optional.of("m")));
    }
    return new Given(version(version), Given.Kind.FULL, header, byNumber);
  }

  private static Given patch(int version, int line) {
    return new Given(
        version(version),
        Given.Kind.MERGE,
        Map.of(),
        Map.of(line, Map.of("l_opt", Optional.of("new"))));
  }

  private static Version version(int number) {
    return new Version(number, 0, 0, 0, 1);
  }
}
