package io.riffle.sink;

import static io.riffle.sink.StagingFixture.PLACEHOLDER;
import static io.riffle.sink.StagingFixture.ROWS;
import static io.riffle.sink.StagingFixture.STAMPS;
import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.sink.ChangeEvents.At;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of rows whose events lack values: the source has them, and did not send them. */
@ExtendWith(PostgresExtension.class)
class StagingUnsentTest {
  private final TestPostgres server;
  private StagingFixture staging;

  StagingUnsentTest(TestPostgres server) {
    this.server = server;
  }

  @BeforeEach
  void create() {
    staging = new StagingFixture(server);
  }

  @AfterEach
  void close() {
    staging.close();
  }

  /** The put has no value for what did not change; it stands in the row with the old key. */
  @ParameterizedTest
  @ValueSource(ints = {1, 500})
  void aChangedKeyKeepsWhatTheSourceDidNotSendA42(int atOnce) {
    staging.put("c", At.lsn(100, 110), 7, "large", "1.00");
    staging.move(At.lsn(200, 210), 7, StagingFixture.order(8, PLACEHOLDER, "2.00"));

    staging.drainBy(atOnce);

    assertThat(staging.rows(ROWS)).containsExactly("7|large|1.00|f", "8|large|2.00|t");
    assertThat(staging.counts()).isEqualTo("2|0|1|0|0|0|0");
  }

  /** Debezium drops a snapshot's row for an update that comes meanwhile, whatever that lacks. */
  @ParameterizedTest
  @ValueSource(ints = {1, 500})
  void aRowThatLacksAValueSaysSoUntilItComes(int atOnce) {
    String unsent =
        "SELECT id, note, riffle_unsent FROM stg_qvp.orders WHERE riffle_unsent IS NOT NULL ORDER BY id";
    staging.put("u", At.lsn(100, 110), 7, PLACEHOLDER, "1.00");
    staging.put("u", At.lsn(100, 120), 8, PLACEHOLDER, "1.00");
    staging.put("u", At.lsn(100, 130), 9, PLACEHOLDER, "1.00");
    staging.put("u", At.lsn(200, 210), 7, PLACEHOLDER, "2.00");
    staging.move(At.lsn(200, 220), 8, StagingFixture.order(80, PLACEHOLDER, "2.00"));
    staging.drainBy(atOnce);
    assertThat(staging.rows(unsent))
        .containsExactly("7|null|{note}", "8|null|{note}", "9|null|{note}", "80|null|{note}");

    staging.put("r", At.incremental(300), 7, "large", "2.00");
    staging.put("u", At.lsn(400, 410), 80, null, "2.00");
    staging.delete(At.lsn(400, 420), 9);
    staging.put("c", At.lsn(500, 510), 9, "new", "1.00");
    staging.drainBy(atOnce);

    assertThat(staging.rows(unsent)).containsExactly("8|null|{note}");
    assertThat(staging.rows(ROWS))
        .containsExactly("7|large|2.00|t", "8|null|1.00|f", "9|new|1.00|t", "80|null|2.00|t");
  }

  /** The row has the value since its last change; that it was read later is no change. */
  @ParameterizedTest
  @ValueSource(ints = {1, 500})
  void aValueThatIsReadAfterwardsIsNoChange(int atOnce) {
    staging.put("u", At.lsn(100, 110), 7, PLACEHOLDER, "1.00");
    staging.put("u", At.lsn(200, 210), 7, PLACEHOLDER, "2.00");
    staging.put("r", At.incremental(300), 7, "large", "2.00");

    staging.drainBy(atOnce);

    assertThat(staging.rows(ROWS)).containsExactly("7|large|2.00|t");
    assertThat(staging.rows(STAMPS)).containsExactly("7|110|210|null");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 500})
  void whatAReadingFindsOtherThanItWasIsAChange(int atOnce) {
    staging.put("u", At.lsn(100, 110), 7, PLACEHOLDER, "1.00");
    staging.put("r", At.incremental(300), 7, "large", "2.00");
    staging.put("c", At.lsn(300, 320), 8, "large", "1.00");
    staging.put("u", At.lsn(300, 330), 8, PLACEHOLDER, "1.00");
    staging.put("r", At.incremental(400), 8, "other", "1.00");

    staging.drainBy(atOnce);

    assertThat(staging.rows(STAMPS)).containsExactly("7|110|300|null", "8|320|400|null");
  }

  /** Also where the row was read, and changed again, at once. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 500})
  void aValueThatAnUpdateBringsIsAChange(int atOnce) {
    staging.put("u", At.lsn(100, 110), 7, PLACEHOLDER, "1.00");
    staging.put("u", At.lsn(200, 210), 7, null, "1.00");
    staging.put("u", At.lsn(200, 220), 8, PLACEHOLDER, "1.00");
    staging.put("r", At.incremental(300), 8, "large", "1.00");
    staging.put("u", At.lsn(300, 310), 8, "larger", "1.00");
    staging.put("u", At.lsn(300, 320), 8, PLACEHOLDER, "1.00");

    staging.drainBy(atOnce);

    assertThat(staging.rows(ROWS)).containsExactly("7|null|1.00|t", "8|larger|1.00|t");
    assertThat(staging.rows(STAMPS)).containsExactly("7|110|210|null", "8|220|310|null");
  }

  /** What the first event of a batch lacks, the table has: it tells whether a later one differs. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 500})
  void aValueThatComesBehindEventsWithoutItHasItsOwnTime(int atOnce) {
    staging.put("c", At.lsn(100, 110), 7, "large", "1.00");
    staging.put("c", At.lsn(100, 120), 8, "large", "1.00");
    staging.drain();
    staging.put("u", At.lsn(200, 210), 7, PLACEHOLDER, "1.00");
    staging.put("u", At.lsn(200, 220), 8, PLACEHOLDER, "2.00");
    staging.put("u", At.lsn(300, 310), 7, "larger", "1.00");
    staging.put("u", At.lsn(300, 320), 8, "large", "2.00");
    staging.put("u", At.lsn(400, 410), 7, PLACEHOLDER, "1.00");

    staging.drainBy(atOnce);

    assertThat(staging.rows(ROWS)).containsExactly("7|larger|1.00|t", "8|large|2.00|t");
    assertThat(staging.rows(STAMPS)).containsExactly("7|110|310|null", "8|120|220|null");
  }

  /** The row's table in the source has had no such column before. */
  @ParameterizedTest
  @ValueSource(ints = {1, 500})
  void aColumnThatIsAddedBetweenTwoEventsOfABatch(int atOnce) {
    staging.put("c", At.lsn(100, 110), 7, "a", "1.00");
    staging.put("c", At.lsn(100, 120), 8, "a", "1.00");
    staging.events.column("extra", "\"string\"", "TEXT", null, null);
    staging.put("u", At.lsn(200, 210), StagingFixture.row("id", 7L, "note", "a", "amount", "1.00"));
    staging.put(
        "u",
        At.lsn(200, 220),
        StagingFixture.row("id", 8L, "note", "a", "amount", "1.00", "extra", "x"));

    staging.drainBy(atOnce);

    assertThat(staging.rows(STAMPS)).containsExactly("7|110|110|null", "8|120|220|null");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 500})
  void aRowThatCameBackWithoutAValueAndGotIt(int atOnce) {
    staging.put("c", At.lsn(100, 110), 7, "large", "1.00");
    staging.delete(At.lsn(200, 210), 7);
    staging.drain();
    staging.put("u", At.lsn(300, 310), 7, PLACEHOLDER, "1.00");
    staging.put("r", At.incremental(400), 7, "large", "1.00");

    staging.drainBy(atOnce);

    assertThat(staging.rows(ROWS)).containsExactly("7|large|1.00|t");
    assertThat(staging.rows(STAMPS)).containsExactly("7|310|310|null");
  }
}
