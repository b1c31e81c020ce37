package io.riffle.sink;

import static io.riffle.sink.StagingFixture.PLACEHOLDER;
import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.sink.ChangeEvents.At;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestPostgres;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However many events are written at once, the rows, their stamps and versions are the same. */
@ExtendWith(PostgresExtension.class)
class StagingBatchesTest {
  private static final String ALL = "SELECT * FROM stg_qvp.orders ORDER BY id";
  private static final int EVENTS = 120;
  private static final int KEYS = 4;

  private final TestPostgres server;

  StagingBatchesTest(TestPostgres server) {
    this.server = server;
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 118, 129, 145})
  void rowsAreTheSameInWhateverBatches(long seed) {
    try (StagingFixture staging = new StagingFixture(server)) {
      History history = new History(staging, new Random(seed));
      for (int i = 0; i < EVENTS; i++) {
        history.next();
      }
      List<String> oneByOne = rows(staging, 1);

      assertThat(oneByOne).isNotEmpty();
      for (int atOnce : List.of(2, 3, 7, 500)) {
        assertThat(rows(staging, atOnce)).as("%d at once", atOnce).isEqualTo(oneByOne);
      }
    }
  }

  private static List<String> rows(StagingFixture staging, int atOnce) {
    staging.sink.postgres.execute(
        "DROP TABLE IF EXISTS stg_qvp.orders; TRUNCATE riffle.staging_tables CASCADE");
    staging.rewind();
    staging.drainBy(atOnce);
    return staging.rows(ALL);
  }

  /** Random events of a few rows, some of them sent again. */
  private static final class History {
    private final StagingFixture staging;
    private final Random random;
    private boolean wider;
    private long lsn = 100;

    History(StagingFixture staging, Random random) {
      this.staging = staging;
      this.random = random;
    }

    void next() {
      lsn += 10;
      int kind = random.nextInt(100);
      long id = random.nextInt(KEYS);
      if (kind < 10) {
        staging.put("c", at(), row(id, note()));
      } else if (kind < 60) {
        staging.put("u", at(), row(id, random.nextBoolean() ? PLACEHOLDER : note()));
      } else if (kind < 75) {
        staging.put("r", At.incremental(lsn), row(id, note()));
      } else if (kind < 85) {
        staging.delete(at(), id);
      } else if (kind < 90) {
        staging.move(at(), id, row((id + 1) % KEYS, random.nextBoolean() ? PLACEHOLDER : note()));
      } else if (kind < 94) {
        staging.tombstone(id);
      } else if (kind < 97) {
        staging.sweep(1, lsn - 100, lsn - 100, lsn);
      } else if (kind < 98) {
        staging.truncate(at());
      } else {
        widen();
      }
    }

    /** Now and then of an event that was sent before. */
    private At at() {
      return At.lsn(lsn, random.nextInt(10) == 0 ? lsn - 35 : lsn + 1);
    }

    private String note() {
      return List.of("a", "b", "large").get(random.nextInt(3));
    }

    private Map<String, Object> row(long id, String note) {
      String amount = random.nextBoolean() ? "1.00" : "2.00";
      return wider
          ? StagingFixture.row("id", id, "note", note, "amount", amount, "extra", extra())
          : StagingFixture.order(id, note, amount);
    }

    private String extra() {
      return random.nextBoolean() ? null : "x";
    }

    private void widen() {
      wider = true;
      staging.events.column("extra", "\"string\"", "TEXT", null, null);
    }
  }
}
