package io.riffle.sink;

import static io.riffle.sink.StagingFixture.ORDERS;
import static io.riffle.sink.StagingFixture.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.riffle.sink.ChangeEvents.At;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestPostgres;
import java.sql.Connection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables of the source that change while their rows do (A41), and what stops a table alone. */
@ExtendWith(PostgresExtension.class)
class StagingStructureTest {
  private static final String CHANGES =
      "SELECT column_name, what, detail FROM riffle.staging_changes WHERE what <> 'CREATED'"
          + " ORDER BY change_id";
  private static final TopicPartition OTHER = new TopicPartition("main.cdc.qvp.public.others", 0);

  private final TestPostgres server;
  private StagingFixture staging;

  StagingStructureTest(TestPostgres server) {
    this.server = server;
  }

  @BeforeEach
  void create() {
    staging = new StagingFixture(server);
    staging.put("c", At.lsn(100, 110), 7, "a", "1.00");
  }

  @AfterEach
  void close() {
    staging.close();
  }

  private String type(String column) {
    return staging.row(
        "SELECT format_type(atttypid, atttypmod) FROM pg_attribute"
            + " WHERE attrelid = 'stg_qvp.orders'::regclass AND attname = '"
            + column
            + "'");
  }

  @Test
  void theTableIsNullableButForItsKeyAndHasNoOtherConstraint() {
    staging.drain();

    assertThat(
            staging.rows(
                "SELECT attname FROM pg_attribute WHERE attrelid = 'stg_qvp.orders'::regclass"
                    + " AND attnum > 0 AND attnotnull ORDER BY attnum"))
        .containsExactly("id", "riffle_epoch", "riffle_commit", "riffle_lsn", "riffle_offset");
    assertThat(
            staging.rows(
                "SELECT contype, pg_get_constraintdef(oid) FROM pg_constraint"
                    + " WHERE conrelid = 'stg_qvp.orders'::regclass AND contype <> 'n'"))
        .containsExactly("p|PRIMARY KEY (id)");
    assertThat(staging.row("SELECT what, detail FROM riffle.staging_changes"))
        .isEqualTo("CREATED|key id");
  }

  /** A41: absent until seen. */
  @ParameterizedTest
  @ValueSource(ints = {1, 500})
  void anAddedColumnFollowsA41(int atOnce) {
    staging.put("c", At.lsn(100, 120), 8, "b", "1.00");
    staging.events.column("extra", "\"int\"", "INT4", null, null);
    Map<String, Object> order = StagingFixture.order(7, "a", "1.00");
    order.put("extra", 5);
    staging.put("u", At.lsn(200, 210), order);

    staging.drainBy(atOnce);

    assertThat(staging.rows("SELECT id, note, extra FROM stg_qvp.orders ORDER BY id"))
        .containsExactly("7|a|5", "8|b|null");
    assertThat(staging.rows(CHANGES)).containsExactly("extra|ADDED|integer");
    assertThat(staging.row("SELECT \"offset\" FROM riffle.staging_changes WHERE what = 'ADDED'"))
        .isEqualTo("2");
  }

  /** A41: a column that is gone stays, with what it had; noted once. */
  @ParameterizedTest
  @ValueSource(ints = {1, 500})
  void aDroppedColumnStaysA41(int atOnce) {
    staging.events.without("note");
    staging.put("u", At.lsn(200, 210), row("id", 7L, "amount", "2.00"));
    staging.put("c", At.lsn(300, 310), row("id", 8L, "amount", "3.00"));

    staging.drainBy(atOnce);
    staging.put("u", At.lsn(400, 410), row("id", 8L, "amount", "4.00"));
    staging.drain();

    assertThat(staging.rows("SELECT id, note, amount FROM stg_qvp.orders ORDER BY id"))
        .containsExactly("7|a|2.00", "8|null|4.00");
    assertThat(staging.rows(CHANGES))
        .containsExactly("note|DROPPED|stays here, with the values that it has");
  }

  /** A41: the source says no more than that one went and one came. */
  @Test
  void aRenamedColumnIsOneThatWentAndOneThatCameA41() {
    staging.events.without("note").column("remark", "\"string\"", "TEXT", null, null);
    staging.put("u", At.lsn(200, 210), row("id", 7L, "amount", "1.00", "remark", "b"));

    staging.drain();

    assertThat(staging.row("SELECT note, remark FROM stg_qvp.orders")).isEqualTo("a|b");
    assertThat(staging.rows(CHANGES))
        .containsExactly(
            "remark|ADDED|text",
            "note|DROPPED|stays here, with the values that it has; with it came remark");
  }

  @Test
  void aColumnThatComesBackIsNoted() {
    staging.events.without("note");
    staging.put("u", At.lsn(200, 210), row("id", 7L, "amount", "2.00"));
    staging.drain();
    staging.events.column("note", "\"string\"", "TEXT", null, null);
    staging.put("u", At.lsn(300, 310), 7, "again", "2.00");

    staging.drain();

    assertThat(staging.rows(CHANGES))
        .containsExactly(
            "note|DROPPED|stays here, with the values that it has", "note|RETURNED|text");
    assertThat(staging.row("SELECT note FROM stg_qvp.orders")).isEqualTo("again");
  }

  /** As Debezium 3.6.3 was seen to send numeric(5,-2). */
  @Test
  void aNegativeScaleIsThatOfTheSource() {
    staging.events.column("x", "\"string\"", "NUMERIC", 5, 2046);
    staging.put("c", At.lsn(100, 120), row("id", 8L, "x", "12300"));

    staging.drain();

    assertThat(type("x")).isEqualTo("numeric(5,-2)");
    assertThat(staging.row("SELECT x FROM stg_qvp.orders WHERE id = 8")).isEqualTo("12300");
  }

  /** A41. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "INT4|10|0|INT8|19|0|bigint|5",
        "INT2|5|0|NUMERIC|4|2|numeric(7,2)|5.00",
        "NUMERIC|10|2|NUMERIC|12|4|numeric(12,4)|5.0000",
        "NUMERIC|10|2|NUMERIC|8|4|numeric(12,4)|5.0000",
        "NUMERIC|10|2|NUMERIC|0||numeric|5.00",
        "VARCHAR|5|0|VARCHAR|9|0|character varying(9)|5",
        "VARCHAR|5|0|TEXT|||text|5",
        "BPCHAR|3|0|VARCHAR|9|0|character varying(9)|5",
        "INT4|10|0|TEXT|||text|5",
        "TEXT|||CITEXT|||citext|5",
        "BPCHAR|3|0|BPCHAR|||bpchar|'5  '",
        "FLOAT4|||FLOAT8|||double precision|5"
      })
  void aWidenedColumnIsWidenedWithTheRowsThatWereThereA41(
      String first,
      Integer length,
      Integer scale,
      String second,
      Integer length2,
      Integer scale2,
      String becomes,
      String value) {
    staging.events.column("x", avro(first), first, length, scale);
    staging.put("c", At.lsn(100, 120), row("id", 8L, "x", value(first)));
    staging.drain();
    staging.events.column("x", avro(second), second, length2, scale2);
    staging.put("c", At.lsn(200, 210), row("id", 9L, "x", value(second)));

    staging.drain();

    assertThat(type("x")).isEqualTo(becomes);
    assertThat(staging.row("SELECT x FROM stg_qvp.orders WHERE id = 8")).isEqualTo(value);
    assertThat(staging.row("SELECT x::text::float FROM stg_qvp.orders WHERE id = 9"))
        .isEqualTo("5");
    assertThat(staging.rows(CHANGES).get(1)).startsWith("x|WIDENED|");
  }

  private static String avro(String type) {
    return switch (type) {
      case "INT2", "INT4" -> "\"int\"";
      case "INT8" -> "\"long\"";
      case "FLOAT4" -> "\"float\"";
      case "FLOAT8" -> "\"double\"";
      default -> "\"string\"";
    };
  }

  private static Object value(String type) {
    return switch (type) {
      case "INT2", "INT4" -> 5;
      case "INT8" -> 5L;
      case "FLOAT4" -> 5f;
      case "FLOAT8" -> 5d;
      default -> "5";
    };
  }

  /** A41: the wider type stays, so that no row is lost; noted once. */
  @Test
  void aNarrowedColumnStaysAsWideAsItWasA41() {
    staging.events.column("amount", "\"string\"", "NUMERIC", 6, 1);
    staging.put("u", At.lsn(200, 210), 7, "a", "2.5");
    staging.drain();
    staging.put("u", At.lsn(300, 310), 7, "a", "3.5");
    staging.drain();

    assertThat(type("amount")).isEqualTo("numeric(10,2)");
    assertThat(staging.rows("SELECT amount FROM stg_qvp.orders")).containsExactly("3.50");
    assertThat(staging.rows(CHANGES))
        .containsExactly("amount|NARROWED|in the source numeric(6,1), stays numeric(10,2)");
  }

  @Test
  void aReplayOverOlderStructuresChangesNothing() {
    staging.events.without("note").column("extra", "\"int\"", "INT4", null, null);
    staging.put("u", At.lsn(200, 210), row("id", 7L, "amount", "2.00", "extra", 1));
    staging.drain();
    List<String> changes = staging.rows(CHANGES);
    List<String> rows = staging.rows("SELECT * FROM stg_qvp.orders");

    staging.rewind();
    staging.drainBy(1);

    assertThat(staging.rows(CHANGES)).isEqualTo(changes);
    assertThat(staging.rows("SELECT * FROM stg_qvp.orders")).isEqualTo(rows);
  }

  @ParameterizedTest
  @CsvSource({"JSON, JSONB, jsonb", "TEXT, CITEXT, citext", "CITEXT, TEXT, text"})
  void olderEventsDoNotTurnAColumnBack(String first, String second, String stays) {
    staging.events.column("x", "\"string\"", first, null, null);
    staging.put("u", At.lsn(200, 210), row("id", 7L, "note", "a", "amount", "1.00", "x", "5"));
    staging.events.column("x", "\"string\"", second, null, null);
    staging.put("u", At.lsn(300, 310), row("id", 7L, "note", "a", "amount", "1.00", "x", "6"));
    staging.drain();
    List<String> changes = staging.rows(CHANGES);

    staging.rewind();
    staging.drainBy(1);

    assertThat(type("x")).isEqualTo(stays);
    assertThat(staging.row("SELECT x FROM stg_qvp.orders")).isEqualTo("6");
    assertThat(staging.rows(CHANGES)).isEqualTo(changes);
  }

  /** Not a single event is set aside for what an operator has done. */
  @Test
  void aTableThatRefusesEverythingStopsAlone() {
    staging.drain();
    staging.sink.postgres.execute("ALTER TABLE stg_qvp.orders ADD CHECK (id < 8)");
    for (long id = 8; id < 108; id++) {
      staging.put("c", At.lsn(200, 200 + id), id, "b", "1.00");
    }
    TestWorker worker = others();

    assertThat(stopped()).contains("stg_qvp.orders", "23514");
    assertThat(staging.rows("SELECT * FROM riffle.rejects")).isEmpty();
    assertThat(staging.rows(StagingFixture.ROWS)).containsExactly("7|a|1.00|t");

    staging.sink.postgres.execute("ALTER TABLE stg_qvp.orders DROP CONSTRAINT orders_id_check");
    pollUntil(worker, "SELECT count(*) FROM stg_qvp.orders", "101");
    assertThat(staging.rows("SELECT stopped FROM riffle.staging_tables WHERE stopped IS NOT NULL"))
        .isEmpty();
  }

  @Test
  void aLockOnATableThatGetsAColumnStopsItAlone() throws Exception {
    staging.drain();
    staging.events.column("extra", "\"int\"", "INT4", null, null);
    Map<String, Object> order = StagingFixture.order(7, "a", "1.00");
    order.put("extra", 5);
    staging.put("u", At.lsn(200, 210), order);
    staging.events.without("extra");
    TestWorker worker;
    try (Connection reader = staging.sink.postgres.connect()) {
      reader.setAutoCommit(false);
      reader.createStatement().execute("LOCK TABLE stg_qvp.orders IN ACCESS SHARE MODE");
      worker = others();
      assertThat(stopped()).contains("stg_qvp.orders", "55P03");
      reader.rollback();
    }

    pollUntil(worker, "SELECT extra FROM stg_qvp.orders", "5");
  }

  /** Here it waits for a lock; a large table is rewritten for as long. */
  @Test
  void anAlterationThatTakesTooLongIsLeftToAnOperator() throws Exception {
    staging.drain();
    staging.events.column("amount", "\"string\"", "NUMERIC", 12, 4);
    staging.put("u", At.lsn(200, 210), 7, "a", "2.5000");
    String remedy =
        "ALTER TABLE \"stg_qvp\".\"orders\" ALTER COLUMN \"amount\" TYPE numeric(12,4) USING"
            + " \"amount\"::numeric(12,4)";
    TestWorker worker;
    try (Connection reader = staging.sink.postgres.connect()) {
      reader.setAutoCommit(false);
      reader.createStatement().execute("LOCK TABLE stg_qvp.orders IN ACCESS SHARE MODE");
      worker = others("database.statement-timeout", "800ms");
      assertThat(stopped()).contains("Remedy", remedy);
      reader.rollback();
    }
    staging.topic(OTHER).put("c", At.lsn(200, 210), 2, "goes on", "1.00");
    pollUntil(worker, "SELECT count(*) FROM stg_qvp.others", "2");
    assertThat(type("amount")).isEqualTo("numeric(10,2)");

    staging.sink.postgres.execute(remedy);
    pollUntil(worker, "SELECT amount FROM stg_qvp.orders", "2.5000");
  }

  @Test
  void aViewInTheWayStopsItsTableAlone() {
    staging.drain();
    staging.sink.postgres.execute("CREATE VIEW amounts AS SELECT amount FROM stg_qvp.orders");
    staging.events.column("amount", "\"string\"", "NUMERIC", 12, 4);
    staging.put("u", At.lsn(200, 210), 7, "a", "2.5000");
    TestWorker worker = others();

    assertThat(stopped()).contains("stg_qvp.orders", "0A000");

    staging.sink.postgres.execute("DROP VIEW amounts");
    pollUntil(worker, "SELECT amount FROM stg_qvp.orders", "2.5000");
  }

  private String stopped() {
    return staging.row("SELECT stopped FROM riffle.staging_tables WHERE table_name = 'orders'");
  }

  /** A worker that has stopped the table, and goes on with another one. */
  private TestWorker others(String... more) {
    Map<String, String> config = new HashMap<>();
    config.put("name", "main-staging");
    config.put("retry.longest", "20ms");
    for (int i = 0; i < more.length; i += 2) {
      config.put(more[i], more[i + 1]);
    }
    TestWorker worker = staging.sink.worker(config).open(ORDERS, OTHER);
    pollUntil(
        worker,
        "SELECT stopped IS NOT NULL FROM riffle.staging_tables WHERE table_name = 'orders'",
        "t");
    staging.events.column("amount", "\"string\"", "NUMERIC", 10, 2);
    staging.topic(OTHER).put("c", At.lsn(100, 110), 1, "goes on", "1.00");
    pollUntil(worker, "SELECT count(*) FROM stg_qvp.others", "1");
    return worker;
  }

  /** A41: stops before the first write that would be wrong; other tables go on. */
  @Test
  void aColumnThatNoTypeFitsStopsItsTableAloneA41() {
    staging.events.column("amount", "\"bytes\"", "BYTEA", null, null);
    long stopped =
        staging.put(
            "u",
            At.lsn(200, 210),
            row("id", 7L, "amount", java.nio.ByteBuffer.wrap(new byte[] {1})));
    TestWorker worker = both();
    pollUntil(
        worker,
        "SELECT stopped IS NOT NULL FROM riffle.staging_tables WHERE table_name = 'orders'",
        "t");
    staging.topic(OTHER);
    staging.events.column("amount", "\"string\"", "NUMERIC", 10, 2);
    staging.put("c", At.lsn(100, 110), 1, "goes on", "1.00");

    pollUntil(worker, "SELECT count(*) FROM stg_qvp.others", "1");

    assertThat(staging.rows(StagingFixture.ROWS)).containsExactly("7|a|1.00|t");
    assertThat(staging.row("SELECT next FROM riffle.sink_offsets WHERE topic LIKE '%orders'"))
        .isEqualTo(Long.toString(stopped));
    assertThat(staging.row("SELECT stopped FROM riffle.staging_tables WHERE table_name = 'orders'"))
        .contains("@" + stopped, "amount", "bytea", "numeric(10,2)", "Remedy");
    assertThat(staging.rows("SELECT * FROM riffle.rejects")).isEmpty();

    staging.sink.postgres.execute("ALTER TABLE stg_qvp.orders ALTER amount TYPE bytea USING NULL");
    pollUntil(worker, "SELECT amount FROM stg_qvp.orders", "\\x01");

    assertThat(
            staging.row(
                "SELECT stopped IS NULL FROM riffle.staging_tables WHERE table_name = 'orders'"))
        .isEqualTo("t");
  }

  /** A41: as if its rows were bad, they were all set aside. */
  @Test
  void aColumnThatThisDatabaseRefusesStopsItsTableAloneA41() {
    staging.events.column("x", "\"string\"", "VARCHAR", 20_000_000, 0);
    staging.put("c", At.lsn(200, 210), row("id", 8L, "x", "text"));
    TestWorker worker = both();
    pollUntil(
        worker,
        "SELECT stopped IS NOT NULL FROM riffle.staging_tables WHERE table_name = 'orders'",
        "t");

    assertThat(staging.row("SELECT stopped FROM riffle.staging_tables WHERE table_name = 'orders'"))
        .contains("SQLSTATE 22023", "ADD COLUMN");
    assertThat(staging.rows("SELECT * FROM riffle.rejects")).isEmpty();
  }

  /** B37. */
  @Test
  void anEventOfAnUnknownKindStopsItsTableAloneB37() {
    staging.put("x", At.lsn(200, 210), 7, "b", "2.00");
    staging.put("u", At.lsn(300, 310), 7, "c", "3.00");
    TestWorker worker = both();
    staging.topic(OTHER).put("c", At.lsn(100, 110), 1, "goes on", "1.00");

    pollUntil(worker, "SELECT count(*) FROM stg_qvp.others", "1");
    pollUntil(
        worker,
        "SELECT stopped FROM riffle.staging_tables WHERE table_name = 'orders'"
            + " AND stopped LIKE '%@1: %unknown kind%'",
        "main.cdc.qvp.public.orders-0@1: a change event of the unknown kind \"x\":"
            + " update the db-sink");

    assertThat(staging.rows(StagingFixture.ROWS)).containsExactly("7|a|1.00|t");
  }

  @Test
  void anotherKeyStopsTheTable() {
    staging.drain();
    staging.events.key("id", "note");
    staging.put("c", At.lsn(200, 210), 8, "b", "2.00");

    pollUntil(
        staging.worker(),
        "SELECT stopped LIKE '%the key in the source is now (id, note)%'"
            + " FROM riffle.staging_tables",
        "t");
  }

  @Test
  void tablesOfOneNameInTwoSchemasAreNotMixed() {
    staging.drain();
    TopicPartition same = new TopicPartition("main.cdc.qvp.sales.orders", 0);
    staging.topic(same).put("c", At.lsn(100, 110), 1, "of sales", "1.00");

    TestWorker worker = staging.worker();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              worker.poll();
              return worker.isPaused();
            });

    assertThat(staging.rows(StagingFixture.ROWS)).containsExactly("7|a|1.00|t");
  }

  /** The source adds labels without a word; they are there when the first row needs them. */
  @Test
  void enumsGrowWithTheirValues() {
    staging.events.column("mood", mood("sad,ok"));
    staging.put("c", At.lsn(200, 210), row("id", 8L, "mood", "ok"));
    staging.put("c", At.lsn(200, 220), row("id", 9L, "mood", "it's new"));
    staging.drain();
    staging.put("c", At.lsn(300, 310), row("id", 10L, "mood", "newer"));

    staging.drain();

    assertThat(staging.rows("SELECT mood FROM stg_qvp.orders WHERE id > 7 ORDER BY id"))
        .containsExactly("ok", "it's new", "newer");
    assertThat(type("mood")).isEqualTo("stg_qvp.mood");
    assertThat(
            staging.rows(
                "SELECT enumlabel FROM pg_enum WHERE enumtypid = 'stg_qvp.mood'::regtype"
                    + " ORDER BY enumsortorder"))
        .containsExactly("sad", "ok", "it's new", "newer");
  }

  private static String mood(String labels) {
    return "{\"type\": \"string\", \"connect.name\": \"io.debezium.data.Enum\","
        + " \"connect.parameters\": {\"allowed\": \""
        + labels
        + "\", \"__debezium.source.column.type\": \"MOOD\","
        + " \"__debezium.source.column.name\": \"mood\"}}";
  }

  @Test
  void namesThatNeedQuotesAreQuoted() {
    staging.topic(new TopicPartition("main.cdc.qvp.public.Order-Items", 0));
    staging.events.key("select").column("select", "\"long\"", "INT8", 19, 0);
    staging.put("c", At.lsn(100, 110), row("select", 1L, "id", 2L));

    staging.drain();

    assertThat(staging.row("SELECT \"select\", id FROM stg_qvp.\"Order-Items\"")).isEqualTo("1|2");
  }

  private TestWorker both() {
    return staging
        .sink
        .worker(Map.of("name", "main-staging", "retry.longest", "20ms"))
        .open(ORDERS, OTHER);
  }

  private void pollUntil(TestWorker worker, String query, String expected) {
    await(query)
        .atMost(Duration.ofSeconds(20))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(10))
        .ignoreExceptions()
        .until(
            () -> {
              worker.poll();
              return staging.rows(query).equals(List.of(expected));
            });
  }
}
