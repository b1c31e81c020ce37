package io.riffle.merge.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.schemas.control.MergedBarrier;
import io.riffle.schemas.control.Origin;
import io.riffle.schemas.control.Version;
import io.riffle.schemas.layout.Layout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys that a file has more than once: from stored state to stored state, and on the barrier. */
class RepeatedKeysTest {
  private static final int SEEDS = 400;
  private static final long KEY = -100_000_486;
  private static final long FILE = 17;

  /** FULL, MERGE and DELETE records of several files, as they come. */
  @Test
  void ofClaimsAllAreToldButOneOfEachFile() {
    KeyBench bench = new KeyBench(SmallLayout.withLines());
    for (long seed = 0; seed < SEEDS; seed++) {
      GivenRecords records = new GivenRecords(seed, SmallLayout.withLines());
      List<Given> set = records.set();
      int expected = set.size() - files(set).size();
      byte[] stored = null;
      for (int delivery = 1; delivery <= 3; delivery++) {
        Delivered delivered = deliver(bench, stored, shuffled(set, records.random()), delivery);
        assertThat(delivered.repeated()).as("seed %d, %d", seed, delivery).isEqualTo(expected);
        stored = delivered.state();
      }
    }
  }

  @Test
  void ofPersonsNeverMoreThanAllButOneOfEachFileAndYear() {
    Layout layout = SmallLayout.persons();
    KeyBench bench = new KeyBench(layout, Optional.of(SmallLayout.formers()));
    for (long seed = 0; seed < SEEDS; seed++) {
      GivenRecords records = new GivenRecords(seed, layout);
      List<Given> set = ofOneHeader(records.set());
      int most = set.size() - years(set).size();
      Delivered delivered = deliver(bench, null, shuffled(set, records.random()), 1);
      assertThat(delivered.repeated()).as("seed %d", seed).isLessThanOrEqualTo(most);
    }
  }

  @Test
  void aYearThatAFileHasTwice() {
    KeyBench bench = new KeyBench(SmallLayout.persons(), Optional.of(SmallLayout.formers()));
    List<Given> file = List.of(person(1, 2020), person(2, 2021), person(3, 2020));
    byte[] stored = null;
    for (int delivery = 1; delivery <= 2; delivery++) {
      Delivered delivered = deliver(bench, stored, file, delivery);
      assertThat(delivered.repeated()).isEqualTo(1);
      stored = delivered.state();
    }
  }

  @Test
  void theBarrierHasTheirNumberEachTimeTheFileIsLoaded(@TempDir Path stateDir) {
    try (TypeDriver driver = new TypeDriver(stateDir, 2_000)) {
      for (int attempt = 1; attempt <= 2; attempt++) {
        for (int record : new int[] {1, 4, 2}) {
          send(driver, KEY, full(record), attempt);
        }
        send(driver, KEY + 1, full(3), attempt);
        driver.barrier(FILE, attempt, 4);
      }

      List<MergedBarrier> barriers =
          driver.rejects().stream().map(out -> out.as(MergedBarrier.class)).toList();
      assertThat(barriers).hasSize(2);
      assertThat(barriers).extracting(MergedBarrier::repeatedKeys).containsOnly(Optional.of(2L));
      assertThat(barriers).extracting(MergedBarrier::seen).containsOnly(4L);
      assertThat(barriers).extracting(MergedBarrier::applied).containsExactly(3L, 0L);
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  private record Delivered(byte[] state, int repeated) {}

  private static Delivered deliver(
      KeyBench bench, byte[] before, List<Given> records, int attempt) {
    byte[] stored = before;
    int repeated = 0;
    for (Given record : records) {
      KeyMerge.Step step = bench.take(stored, bench.arrival(record, attempt, new Random(1)));
      repeated += step.repeated() ? 1 : 0;
      stored = step.state();
    }
    return new Delivered(stored, repeated);
  }

  private static List<Given> shuffled(List<Given> set, Random random) {
    List<Given> shuffled = new ArrayList<>(set);
    Collections.shuffle(shuffled, random);
    return shuffled;
  }

  private static Set<Version> files(List<Given> set) {
    return set.stream().map(record -> record.version().at(0)).collect(Collectors.toSet());
  }

  /** Without records that have a year where the first of their file has none, and so on. */
  private static List<Given> ofOneHeader(List<Given> set) {
    Map<Version, Boolean> years = new HashMap<>();
    return set.stream()
        .filter(
            record ->
                isAlone(record)
                    || years.computeIfAbsent(record.version().at(0), file -> record.hasLines())
                        == record.hasLines())
        .toList();
  }

  private static boolean isAlone(Given record) {
    return record.kind() == Given.Kind.DELETE || record.kind() == Given.Kind.HISTORY;
  }

  /** Files and years; what is of no year stands alone. */
  private static Set<List<Object>> years(List<Given> set) {
    Set<List<Object>> years = new HashSet<>();
    for (Given record : set) {
      Version of = isAlone(record) ? record.version() : record.version().at(0);
      years.add(List.of(of, record.lines().keySet()));
    }
    return years;
  }

  private static void send(TypeDriver driver, long key, Given record, int attempt) {
    Origin origin = new Origin(FILE, attempt, record.version(), 2, 1);
    GivenAvro.Raw raw =
        new GivenAvro(driver.registry(), SmallLayout.withLines(), key)
            .write(record, origin, new Random(1));
    driver.send("" + key, raw.value(), raw.schema());
  }

  private static Given person(int record, int year) {
    Map<String, Optional<String>> header = new HashMap<>();
    header.put("name", Optional.of("n"));
    header.put("birth", Optional.of("b"));
    header.put("yr", Optional.of("" + year));
    Map<Integer, Map<String, Optional<String>>> months =
        Map.of(year, Map.of("m_1", Optional.of("m")));
    return new Given(new Version(5, 0, 0, 0, record), Given.Kind.FULL, header, months);
  }

  private static Given full(int record) {
    Map<String, Optional<String>> header = new HashMap<>();
    header.put("req", Optional.of("r"));
    header.put("req_num", Optional.of("n"));
    header.put("opt", Optional.empty());
    header.put("opt_num", Optional.empty());
    Map<String, Optional<String>> line =
        Map.of("l_req", Optional.of("l"), "l_opt", Optional.of("m"), "l_opt_num", Optional.empty());
    return new Given(new Version(5, 0, 0, 0, record), Given.Kind.FULL, header, Map.of(1, line));
  }
}
