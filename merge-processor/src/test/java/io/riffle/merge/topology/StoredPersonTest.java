package io.riffle.merge.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.merge.record.Row;
import io.riffle.merge.record.TypeColumns;
import io.riffle.merge.record.Year;
import io.riffle.merge.rule.Cells;
import io.riffle.merge.rule.KeyState;
import io.riffle.merge.state.StateCodec;
import io.riffle.schemas.avro.RecordSchemas;
import io.riffle.schemas.control.Version;
import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.EmptyRule;
import io.riffle.schemas.layout.History;
import io.riffle.schemas.layout.Kind;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Level;
import io.riffle.schemas.layout.Role;
import io.riffle.schemas.wire.SchemaHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StoredPersonTest {
  private static final int MONTH_1 = 1;
  private static final int MONTH_3 = 3;

  private final Layout layout = SmallLayout.persons();
  private final KeyBench bench = new KeyBench(layout, Optional.of(SmallLayout.formers()));
  private byte[] stored;

  @Test
  void columnThatOneYearNeverHadIsKeptApartFromTheOther() {
    take(full(1, "a", 2020, Map.of("m_1", Optional.of("x"))));
    take(full(2, "a", 2021, Map.of("m_3", Optional.empty())));

    KeyState state = bench.codec().decode(stored);

    assertThat(cells(state, 2020).get(MONTH_1)).isPresent();
    assertThat(cells(state, 2020).get(MONTH_3)).isEmpty();
    assertThat(cells(state, 2021).get(MONTH_1)).isEmpty();
    assertThat(cells(state, 2021).get(MONTH_3)).as("sent empty").isPresent();
    assertThat(state.lines().get(2020).base()).contains(version(1));
    assertThat(state.lines().get(2021).base()).contains(version(2));
  }

  @Test
  void equalIdentitiesAreStoredOnce() {
    take(full(1, "long enough to be seen", 2020, Map.of()));
    int one = stored.length;
    take(full(2, "long enough to be seen", 2020, Map.of()));
    take(former(3, "long enough to be seen"));

    assertThat(stored.length - one).isLessThan(2 * "long enough to be seen".length());
  }

  @Test
  void personOfAnEarlierLayoutIsReadByItsSchema() {
    take(full(1, "a", 2020, Map.of("m_1", Optional.of("x"))));
    take(full(2, "b", Year.NONE, Map.of("m_3", Optional.of("y"))));
    take(former(3, "c"));
    Layout wider = wider();
    TypeColumns columns = new TypeColumns(wider);
    SchemaHandle merged =
        SchemaHandle.register(bench.registry(), "merged", RecordSchemas.merged(wider));

    KeyState state = new StateCodec(bench.registry(), columns, merged).decode(stored);

    assertThat(state.lines()).containsOnlyKeys(Year.NONE, 2020);
    assertThat(state.lines().get(2020).base()).contains(version(1));
    assertThat(cells(state, 2020).get(MONTH_1)).as("the new month").isEmpty();
    assertThat(cells(state, 2020).get(MONTH_1 + 1)).isPresent();
    assertThat(state.former())
        .extracting(row -> row.record())
        .containsExactly(version(1), version(3));
    assertThat(state.former()).allMatch(row -> row.identity().values().size() == 4);
    assertThat(Row.of(state, columns).history().length()).isPositive();
  }

  /** A new month, the first of the year, and a new column of the history. */
  private Layout wider() {
    Column month = column("M_NEW", Level.LINE);
    Column other = column("OTHER", Level.HEADER);
    List<Column> columns = new ArrayList<>(layout.columns());
    int first = columns.indexOf(layout.lineColumns().get(MONTH_1));
    columns.add(first, month);
    columns.add(other);
    History history = layout.history().orElseThrow();
    List<Column> others = new ArrayList<>(history.others());
    others.add(0, other);
    return new Layout(
        layout.type(),
        "",
        2,
        layout.headerTable(),
        layout.lines(),
        layout.lineTable(),
        Optional.of(new History(history.table(), history.identity(), others)),
        Optional.empty(),
        columns);
  }

  private static Column column(String name, Level level) {
    return new Column(name, 0, level, Kind.LONG, 0, 0, 0, false, EmptyRule.NULL, Role.NONE, 2, "");
  }

  private static Cells cells(KeyState state, int year) {
    return state.lines().get(year).cells();
  }

  private void take(Given record) {
    stored = bench.take(stored, bench.arrival(record, 1, new Random(1))).state();
  }

  private static Given full(
      int version, String birth, int year, Map<String, Optional<String>> months) {
    Optional<String> yr = year == Year.NONE ? Optional.empty() : Optional.of("" + year);
    return new Given(
        version(version),
        Given.Kind.FULL,
        Map.of("name", Optional.of("n"), "birth", Optional.of(birth), "yr", yr),
        Map.of(year, months));
  }

  private static Given former(int version, String birth) {
    return new Given(
        version(version), Given.Kind.HISTORY, Map.of("birth", Optional.of(birth)), Map.of());
  }

  private static Version version(int number) {
    return new Version(number, 0, 0, 0, 1);
  }
}
