package io.riffle.merge.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.schemas.control.Version;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Which records are told as those of a key that their file has more than once. */
class RepeatedKeyTest {
  private static final int FILE = 2;
  private static final int NEWER_FILE = 3;
  private static final int YEAR = 2020;

  @Test
  void allRecordsOfAKeyButOneWhateverTheirOrderAndEachTimeTheyCome() {
    List<RifRecord> file = List.of(full(FILE, 1), full(FILE, 5), full(FILE, 7));

    for (List<RifRecord> order : orders(file)) {
      KeyState state = claim();
      assertThat(count(state, order)).isEqualTo(2);
      for (List<RifRecord> again : orders(file)) {
        assertThat(count(state, again)).as("%s after %s", again, order).isEqualTo(2);
      }
    }
  }

  @Test
  void aRecordThatIsAloneInItsFileNever() {
    KeyState state = claim();
    List<RifRecord> alone =
        List.of(
            new RifRecord.Delete(new Version(FILE, 0, 0, 0, 1)),
            new RifRecord.Delete(new Version(FILE, 1, 0, 0, 1)),
            new RifRecord.Delete(new Version(FILE, 0, 1, 0, 1)),
            new RifRecord.Delete(new Version(FILE, 0, 0, 1, 2)),
            full(NEWER_FILE, 9),
            patch(NEWER_FILE + 1, 9));

    assertThat(count(state, alone)).isZero();
    assertThat(count(state, alone)).as("the same once more").isZero();
  }

  @Test
  void aDeleteIsARecordOfItsKey() {
    List<RifRecord> file = List.of(full(FILE, 1), delete(FILE, 2), full(FILE, 3));

    for (List<RifRecord> order : orders(file)) {
      KeyState state = claim();
      assertThat(count(state, order)).isEqualTo(2);
      assertThat(count(state, file)).isEqualTo(2);
    }
  }

  @Test
  void patchesOfAKeyWaitingOrNot() {
    List<RifRecord> file = List.of(patch(FILE, 1), patch(FILE, 2), patch(FILE, 3));

    for (List<RifRecord> order : orders(file)) {
      KeyState waiting = claim();
      assertThat(count(waiting, order)).isEqualTo(2);
      KeyState there = claim();
      MergeRule.apply(there, full(FILE - 1, 1));
      assertThat(count(there, order)).isEqualTo(2);
      assertThat(count(there, order)).isEqualTo(2);
    }
  }

  @Test
  void aNewerFileHidesNone() {
    List<RifRecord> all =
        List.of(full(FILE, 1), full(FILE, 2), delete(NEWER_FILE, 1), full(NEWER_FILE + 1, 1));

    for (List<RifRecord> order : orders(all)) {
      KeyState state = claim();
      assertThat(count(state, order)).isEqualTo(1);
      assertThat(count(state, order)).isEqualTo(1);
    }
  }

  @Test
  void aYearOfAPersonIsAKey() {
    List<RifRecord> years =
        List.of(
            person(FILE, 1, YEAR),
            person(FILE, 2, YEAR + 1),
            person(FILE, 3, YEAR),
            person(FILE, 4, YEAR));

    for (List<RifRecord> order : orders(years)) {
      KeyState state = person();
      assertThat(count(state, order)).isEqualTo(2);
      assertThat(count(state, years)).isEqualTo(2);
    }
    assertThat(count(person(), years.subList(0, 2))).as("two years").isZero();
  }

  @Test
  void aPersonIsAKeyWhereTheFileHasNoYears() {
    List<RifRecord> file = List.of(person(FILE, 1), person(FILE, 2), person(FILE, 3));

    for (List<RifRecord> order : orders(file)) {
      KeyState state = person();
      assertThat(count(state, order)).isEqualTo(2);
      assertThat(count(state, file)).isEqualTo(2);
    }
  }

  @Test
  void patchesOfAYearAndOfAPerson() {
    List<RifRecord> ofYears =
        List.of(patch(FILE, 1, YEAR), patch(FILE, 2, YEAR + 1), patch(FILE, 3, YEAR));
    List<RifRecord> ofPersons = List.of(patch(FILE, 1), patch(FILE, 2), patch(FILE, 3));

    for (List<RifRecord> order : orders(ofYears)) {
      KeyState state = person();
      assertThat(count(state, order)).isEqualTo(1);
      assertThat(count(state, ofYears)).isEqualTo(1);
    }
    for (List<RifRecord> order : orders(ofPersons)) {
      KeyState state = person();
      assertThat(count(state, order)).isEqualTo(2);
      assertThat(count(state, ofPersons)).isEqualTo(2);
    }
  }

  @Test
  void ofPersonsFewerAreToldWhereANewerFileHasTheYearOrADeleteEndedIt() {
    List<RifRecord> file = List.of(person(FILE, 1, YEAR), person(FILE, 2, YEAR));
    List<RifRecord> newer = List.of(person(NEWER_FILE, 1, YEAR), delete(NEWER_FILE, 2));

    for (RifRecord before : newer) {
      KeyState state = person();
      MergeRule.apply(state, before);
      assertThat(count(state, file)).isZero();
    }
    assertThat(count(person(), newer)).as("a delete is of no year").isZero();
  }

  @Test
  void rowsOfFormerIdentitiesHaveNoKey() {
    Identity identity = new Identity(List.of());
    RifRecord row = new RifRecord.History(version(FILE, 1), FILE, identity);
    RifRecord same = new RifRecord.History(version(FILE, 2), FILE, identity);

    assertThat(count(person(), List.of(row, same, row))).isZero();
  }

  /** How many of the records are told, as they come. */
  private static long count(KeyState state, List<RifRecord> records) {
    long count = 0;
    for (RifRecord record : records) {
      count += RepeatedKey.isRepeated(state, record) ? 1 : 0;
      MergeRule.apply(state, record);
    }
    return count;
  }

  private static <T> List<List<T>> orders(List<T> items) {
    if (items.isEmpty()) {
      return List.of(List.of());
    }
    List<List<T>> orders = new ArrayList<>();
    for (List<T> rest : orders(items.subList(1, items.size()))) {
      for (int at = 0; at <= rest.size(); at++) {
        List<T> order = new ArrayList<>(rest);
        order.add(at, items.get(0));
        orders.add(Collections.unmodifiableList(order));
      }
    }
    return orders;
  }

  private static Version version(int file, int record) {
    return new Version(file, 0, 0, 0, record);
  }

  private static RifRecord full(int file, int record) {
    NavigableMap<Integer, Fields> lines = new TreeMap<>();
    lines.put(record, fields());
    return new RifRecord.Full(version(file, record), fields(), lines);
  }

  private static RifRecord person(int file, int record, int... years) {
    return new RifRecord.Full(version(file, record), fields(), byYear(years));
  }

  private static RifRecord patch(int file, int record, int... years) {
    return new RifRecord.Patch(version(file, record), file, fields(), byYear(years));
  }

  private static RifRecord delete(int file, int record) {
    return new RifRecord.Delete(version(file, record));
  }

  private static NavigableMap<Integer, Fields> byYear(int... years) {
    NavigableMap<Integer, Fields> lines = new TreeMap<>();
    for (int year : years) {
      lines.put(year, fields());
    }
    return lines;
  }

  private static Fields fields() {
    return Fields.of(new Slice[] {null, Slice.of("v".getBytes(StandardCharsets.UTF_8))});
  }

  private static KeyState claim() {
    return KeyState.empty(new Shape(2, 2, new BitSet()));
  }

  private static KeyState person() {
    return KeyState.empty(Shape.ofYears(2, 2, 0, Optional.empty()));
  }
}
