package io.riffle.operations.generation;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.merge.record.Arrival;
import io.riffle.merge.record.Row;
import io.riffle.schemas.avro.RecordSchemas;
import io.riffle.schemas.control.Version;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

/**
 * Random deliveries of a key, of which only what merge-processor emitted is left: the records that
 * are made of it give the same row, and so they do with everything that is delivered afterwards.
 */
class StateRecordsTest {
  private static final int SEEDS = Integer.getInteger("riffle.generation.seeds", 300);

  /** A FULL record that changed nothing to be seen may leave more than was emitted; see below. */
  private int forgotten;

  private int lived;

  @Test
  void rowsAreTheSameNowAndLater() {
    for (int seed = 0; seed < SEEDS; seed++) {
      check(new Random(seed), seed);
    }
    assertThat(forgotten).isLessThan(SEEDS / 10);
    assertThat(lived).isGreaterThan(SEEDS / 2);
  }

  private void check(Random random, int seed) {
    GeneratedDeliveries deliveries = new GeneratedDeliveries(random);
    MergedKey before = new MergedKey();
    for (GenericRecord raw : deliveries.some(2 + random.nextInt(9))) {
      before.take(raw);
    }
    if (before.hasMoreThanEmitted()) {
      forgotten++;
      return; // decision 4: an older FULL record's optional columns of a dropped line
    }
    MergedKey after = new MergedKey();
    List<GenericRecord> remains = new ArrayList<>(remains(before));
    Collections.shuffle(remains, random);
    remains.forEach(after::take);
    assertSame(before, after, "seed " + seed);
    for (GenericRecord raw : deliveries.some(1 + random.nextInt(6))) {
      before.take(raw);
      after.take(raw);
      assertSame(before, after, "later, seed " + seed);
    }
  }

  private static List<GenericRecord> remains(MergedKey key) {
    StateRecords records = new StateRecords(MergedKey.LAYOUT, StateRecordsTest::file);
    List<GenericRecord> remains = new ArrayList<>();
    key.row().ifPresent(row -> remains.addAll(records.ofRow(row)));
    key.delete()
        .ifPresent(deleted -> remains.add(records.delete(deleted.deleted(), deleted.key())));
    key.parked().ifPresent(parked -> remains.addAll(records.ofParked(parked)));
    return remains;
  }

  private static long file(Version version) {
    return version.sequence();
  }

  private void assertSame(MergedKey one, MergedKey other, String what) {
    assertThat(other.state().exists()).as(what).isEqualTo(one.state().exists());
    assertThat(other.state().marks()).as(what).isEqualTo(one.state().marks());
    if (one.state().exists()) {
      lived++;
      assertThat(rowOf(other)).as(what).isEqualTo(rowOf(one));
    }
  }

  private static String rowOf(MergedKey key) {
    GenericRecord row = key.decoded(Row.of(key.state(), key.columns()));
    row.put(RecordSchemas.MERGE, null);
    return row.toString();
  }

  @Test
  void whatIsMadeIsReadAsWhatItStandsFor() {
    MergedKey key = new MergedKey();
    GeneratedDeliveries deliveries = new GeneratedDeliveries(new Random(7));
    deliveries.some(12).forEach(key::take);
    remains(key).forEach(raw -> assertThat(key.read(raw)).isInstanceOf(Arrival.Data.class));
  }
}
