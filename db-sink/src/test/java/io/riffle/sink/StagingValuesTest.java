package io.riffle.sink;

import static io.riffle.sink.StagingFixture.PLACEHOLDER;
import static io.riffle.sink.StagingFixture.ROWS;
import static io.riffle.sink.StagingFixture.STAMPS;
import static io.riffle.sink.StagingFixture.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.sink.ChangeEvents.At;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestPostgres;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values of all types, those that only Postgres has, and those that the source did not send. */
@ExtendWith(PostgresExtension.class)
class StagingValuesTest {
  private final TestPostgres server;
  private StagingFixture staging;

  StagingValuesTest(TestPostgres server) {
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

  /** B38: by itself and beside a change of another column. */
  @ParameterizedTest
  @ValueSource(ints = {1, 500})
  void whatTheSourceDidNotSendStaysB38(int atOnce) {
    staging.put("c", At.lsn(100, 110), 7, "large", "1.00");
    staging.put("u", At.lsn(200, 210), 7, PLACEHOLDER, "2.00");
    staging.put("u", At.lsn(300, 310), 7, PLACEHOLDER, "2.00");

    staging.drainBy(atOnce);

    assertThat(staging.rows(ROWS)).containsExactly("7|large|2.00|t");
    assertThat(staging.rows(STAMPS)).containsExactly("7|110|210|null");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 500})
  void inMixedBatchesTheNewestValueThatCameStandsB38(int atOnce) {
    staging.put("c", At.lsn(100, 110), 7, "first", "1.00");
    staging.put("c", At.lsn(100, 120), 8, "other", "1.00");
    staging.drain();
    staging.put("u", At.lsn(200, 210), 7, PLACEHOLDER, "2.00");
    staging.put("u", At.lsn(200, 220), 8, "new", "2.00");
    staging.put("u", At.lsn(300, 310), 7, "second", "2.00");
    staging.put("u", At.lsn(300, 320), 8, PLACEHOLDER, "3.00");
    staging.put("u", At.lsn(400, 410), 7, PLACEHOLDER, "4.00");

    staging.drainBy(atOnce);

    assertThat(staging.rows(ROWS)).containsExactly("7|second|4.00|t", "8|new|3.00|t");
  }

  @Test
  void ofARowThatIsNotThereWhatDidNotComeIsNullAndCountedB38() {
    staging.put("u", At.lsn(200, 210), 7, PLACEHOLDER, "2.00");

    staging.drain();

    assertThat(staging.rows(ROWS)).containsExactly("7|null|2.00|t");
    assertThat(staging.counts()).isEqualTo("1|0|0|0|0|1|0");
  }

  /** B38: text, varchar, json, jsonb, hstore, bytea, and arrays of what Debezium has a mark for. */
  @ParameterizedTest
  @ValueSource(ints = {1, 500})
  void thePlaceholderIsSeenInEveryEncodingB38(int atOnce) {
    ByteBuffer bytes = ByteBuffer.wrap(ChangeEvents.utf8(PLACEHOLDER));
    List<Object> numbers = new ArrayList<>();
    for (byte one : ChangeEvents.utf8(PLACEHOLDER)) {
      numbers.add((int) one);
    }
    String texts = "{\"type\": \"array\", \"items\": [\"null\", \"string\"]}";
    staging
        .events
        .column("vc", "\"string\"", "VARCHAR", 20, 0)
        .column("ci", "\"string\"", "CITEXT", null, null)
        .column("js", "\"string\"", "io.debezium.data.Json", "JSON")
        .column("jb", "\"string\"", "io.debezium.data.Json", "JSONB")
        .column("hs", "\"string\"", "io.debezium.data.Json", "HSTORE")
        .column("by", "\"bytes\"", "BYTEA", null, null)
        .column("ta", array(texts, "_TEXT"))
        .column("ia", array("{\"type\": \"array\", \"items\": [\"null\", \"int\"]}", "_INT4"))
        .column("ua", array(texts, "_UUID"))
        .column("ba", array("{\"type\": \"array\", \"items\": [\"null\", \"bytes\"]}", "_BYTEA"));
    Map<String, Object> first = StagingFixture.order(7, "n", "1.00");
    first.putAll(row("vc", "v", "ci", "Ci", "js", "{\"a\":  1}", "jb", "{\"a\":  1}"));
    first.putAll(row("hs", "{\"k\":null}", "by", ByteBuffer.wrap(new byte[] {0, -1})));
    String uuid = "12345678-1234-1234-1234-123456789012";
    first.putAll(row("ta", Arrays.asList("a,\"b\\", null, ""), "ia", Arrays.asList(1, null, -3)));
    first.putAll(row("ua", List.of(uuid), "ba", List.of(ByteBuffer.wrap(new byte[] {1}))));
    staging.put("c", At.lsn(100, 110), first);
    Map<String, Object> second = StagingFixture.order(7, PLACEHOLDER, "2.00");
    second.putAll(row("vc", PLACEHOLDER, "ci", PLACEHOLDER, "js", PLACEHOLDER));
    second.putAll(row("jb", PLACEHOLDER, "by", bytes, "ta", List.of(PLACEHOLDER)));
    second.put("hs", "{\"" + PLACEHOLDER + "\":\"" + PLACEHOLDER + "\"}");
    String named = UUID.nameUUIDFromBytes(ChangeEvents.utf8(PLACEHOLDER)).toString();
    second.putAll(row("ia", numbers, "ua", List.of(named), "ba", List.of(bytes)));
    staging.put("u", At.lsn(200, 210), second);

    staging.drainBy(atOnce);

    assertThat(staging.row("SELECT * FROM stg_qvp.orders"))
        .startsWith(
            "7|n|2.00|v|Ci|{\"a\":  1}|{\"a\": 1}|{\"k\": null}|\\x00ff|{\"a,\\\"b\\\\\",NULL,\"\"}"
                + "|{1,NULL,-3}|{"
                + uuid
                + "}|{\"\\\\x01\"}|");
  }

  private static String array(String avro, String type) {
    return "{\"type\": \"array\", \"items\": "
        + avro.substring(avro.indexOf('['), avro.indexOf(']') + 1)
        + ", \"connect.parameters\": {\"__debezium.source.column.type\": \""
        + type
        + "\"}}";
  }

  /** B39: what another deployment takes for absent is data here; it was chosen at random. */
  @Test
  void textEqualToThePlaceholderOfAnotherDeploymentIsDataB39() {
    staging.put("c", At.lsn(100, 110), 7, "__debezium_unavailable_value", "1.00");
    staging.put("c", At.lsn(100, 120), 8, PLACEHOLDER + "0", "1.00");
    staging.placeholder("riffle-absent-other");
    staging.put("c", At.lsn(100, 130), 9, PLACEHOLDER, "1.00");

    staging.drain();

    assertThat(staging.rows("SELECT note FROM stg_qvp.orders ORDER BY id"))
        .containsExactly("__debezium_unavailable_value", PLACEHOLDER + "0", PLACEHOLDER);
  }

  /** B41: as Debezium 3.6.3 was seen to send them. */
  @ParameterizedTest
  @CsvSource({
    "NAN, NaN",
    "POSITIVE_INFINITY, Infinity",
    "NEGATIVE_INFINITY, -Infinity",
    "1.10, 1.10",
    "12345678901234567890.123456789, 12345678901234567890.123456789"
  })
  void numbersThatOnlyPostgresHasB41(String sent, String stored) {
    staging.events.column("amount", "\"string\"", "NUMERIC", 0, null);
    staging.put("c", At.lsn(100, 110), 7, "n", sent);

    staging.drain();

    assertThat(staging.row("SELECT amount FROM stg_qvp.orders")).isEqualTo(stored);
  }

  /** B41. */
  @ParameterizedTest
  @CsvSource({
    "-2147472692, infinity",
    "-622191233, infinity",
    "-2147472691, -infinity",
    "-625821271, -infinity",
    "-735160, 0044-03-15 BC",
    "-2440550, 4713-01-01 BC",
    "2932896, 9999-12-31",
    "2145042905, 5874897-12-31",
    "0, 1970-01-01"
  })
  void daysB41(int sent, String stored) {
    staging.events.column("at", "\"int\"", "io.debezium.time.Date", "DATE");
    Map<String, Object> order = StagingFixture.order(7, "n", "1.00");
    order.put("at", sent);
    staging.put("c", At.lsn(100, 110), order);

    staging.drain();

    assertThat(staging.row("SELECT at FROM stg_qvp.orders")).isEqualTo(stored);
  }

  /** B41. */
  @ParameterizedTest
  @CsvSource({
    "9223372036825200000, infinity",
    "-9223372036832400000, -infinity",
    "-63517780005876544, 0044-03-15 12:13:14.123456 BC",
    "-210863520000000000, 4713-01-01 00:00:00 BC",
    "-1, 1969-12-31 23:59:59.999999"
  })
  void timestampsB41(long sent, String stored) {
    staging.events.column("at", "\"long\"", "io.debezium.time.MicroTimestamp", "TIMESTAMP");
    Map<String, Object> order = StagingFixture.order(7, "n", "1.00");
    order.put("at", sent);
    staging.put("c", At.lsn(100, 110), order);

    staging.drain();

    assertThat(staging.row("SELECT at FROM stg_qvp.orders")).isEqualTo(stored);
  }

  /** B41. */
  @ParameterizedTest
  @CsvSource({
    "infinity, infinity",
    "-infinity, -infinity",
    "-0043-03-15T12:13:14.123456Z, 0044-03-15 12:13:14.123456+00 BC",
    "+294276-12-31T23:59:59.999999Z, 294276-12-31 23:59:59.999999+00",
    "2020-01-02T03:04:05Z, 2020-01-02 03:04:05+00"
  })
  void timestampsWithAZoneB41(String sent, String stored) {
    staging.events.column("at", "\"string\"", "io.debezium.time.ZonedTimestamp", "TIMESTAMPTZ");
    Map<String, Object> order = StagingFixture.order(7, "n", "1.00");
    order.put("at", sent);
    staging.put("c", At.lsn(100, 110), order);

    staging.drain();

    assertThat(
            staging.row(
                "SELECT CASE WHEN isfinite(at) THEN (at AT TIME ZONE 'UTC')::text ELSE at::text END"
                    + " FROM stg_qvp.orders"))
        .isEqualTo(stored.contains(":") ? stored.replace("+00", "") : stored);
  }

  /** B41. */
  @Test
  void timesOfADayAndIntervalsB41() {
    staging
        .events
        .column("at", "\"long\"", "io.debezium.time.MicroTime", "TIME")
        .column("tz", "\"string\"", "io.debezium.time.ZonedTime", "TIMETZ")
        .column("iv", "\"string\"", "io.debezium.time.Interval", "INTERVAL");
    Map<String, Object> order = StagingFixture.order(7, "n", "1.00");
    order.putAll(row("at", 86_400_000_000L, "tz", "18:15:00Z", "iv", "P1Y-2M3DT4H5M6.7S"));
    staging.put("c", At.lsn(100, 110), order);

    staging.drain();

    assertThat(
            staging.row(
                "SELECT at, tz, iv = interval '1 year -2 mons 3 days 04:05:06.7'"
                    + " FROM stg_qvp.orders"))
        .isEqualTo("24:00:00|18:15:00+00|t");
  }

  /** B41: what comes as no time of Postgres is set aside, never stored as another one. */
  @Test
  void timesThatCannotBeToldAreRejectedB41() {
    staging.events.column("at", "\"long\"", "io.debezium.time.MicroTimestamp", "TIMESTAMP");
    Map<String, Object> order = StagingFixture.order(7, "n", "1.00");
    order.put("at", -9_223_372_036_853_775_810L + 20);
    staging.put("c", At.lsn(100, 110), order);

    staging.drain();

    assertThat(staging.row("SELECT reason, column_name FROM riffle.rejects"))
        .isEqualTo("UNDECODABLE|at");
  }

  @Test
  void everyTypeIsTheOneOfTheSource() {
    Map<String, Object> values = new HashMap<>();
    List<String> expected = new ArrayList<>();
    add(values, expected, "\"int\"", "INT2", null, null, 5, "smallint|5");
    add(values, expected, "\"int\"", "INT4", null, null, -5, "integer|-5");
    add(values, expected, "\"float\"", "FLOAT4", null, null, Float.NaN, "real|NaN");
    double infinity = Double.NEGATIVE_INFINITY;
    add(
        values,
        expected,
        "\"double\"",
        "FLOAT8",
        null,
        null,
        infinity,
        "double precision|-Infinity");
    add(values, expected, "\"boolean\"", "BOOL", null, null, true, "boolean|true");
    add(values, expected, "\"string\"", "NUMERIC", 12, 3, "1.5", "numeric(12,3)|1.500");
    add(values, expected, "\"string\"", "NUMERIC", 0, null, "1.5", "numeric|1.5");
    add(values, expected, "\"string\"", "VARCHAR", 9, 0, "v", "character varying(9)|v");
    int unbounded = Integer.MAX_VALUE;
    add(values, expected, "\"string\"", "VARCHAR", unbounded, 0, "v", "character varying|v");
    add(values, expected, "\"string\"", "BPCHAR", 3, 0, "c  ", "character(3)|c");
    add(values, expected, "\"string\"", "CITEXT", unbounded, 0, "Ci", "citext|Ci");
    String uuid = "12345678-1234-1234-1234-123456789012";
    add(values, expected, "\"string\"", "UUID", null, null, uuid, "uuid|" + uuid);
    add(values, expected, "\"string\"", "INET", null, null, "10.0.0.1/8", "inet|10.0.0.1/8");
    add(values, expected, "\"string\"", "INT4RANGE", null, null, "[1,5)", "int4range|[1,5)");
    add(values, expected, "\"string\"", "XML", null, null, "<a/>", "xml|<a/>");
    add(values, expected, "\"boolean\"", "BIT", 1, 0, true, "bit(1)|1");
    add(values, expected, "\"int\"", "POSINT", 10, 0, 5, "integer|5");
    add(values, expected, "\"string\"", "SOMETHING", null, null, "x", "text|x");
    values.putAll(StagingFixture.order(7, "n", "1.00"));
    staging.put("c", At.lsn(100, 110), values);

    staging.drain();

    assertColumns(expected);
  }

  private void assertColumns(List<String> expected) {
    for (int i = 0; i < expected.size(); i++) {
      assertThat(
              staging.row(
                  "SELECT format_type(atttypid, atttypmod), (SELECT c"
                      + i
                      + "::text FROM stg_qvp.orders) FROM pg_attribute WHERE attrelid ="
                      + " 'stg_qvp.orders'::regclass AND attname = 'c"
                      + i
                      + "'"))
          .isEqualTo(expected.get(i));
    }
  }

  /** Rows of tables without a key come as Postgres' texts, whatever the type. */
  @Test
  void rowsOfTextsHaveTheTypesOfTheSource() {
    Map<String, Object> values = new HashMap<>();
    List<String> expected = new ArrayList<>();
    int unbounded = Integer.MAX_VALUE;
    text(values, expected, "BIT", 3, "101", "bit(3)|101");
    text(values, expected, "VARBIT", 5, "0101", "bit varying(5)|0101");
    text(values, expected, "VARBIT", unbounded, "01", "bit varying|01");
    text(values, expected, "_BIT", 3, "{101,NULL}", "bit(3)[]|{101,NULL}");
    text(values, expected, "_BIT", unbounded, "{101}", "bit varying[]|{101}");
    text(values, expected, "BPCHAR", unbounded, "long one", "bpchar|long one");
    text(values, expected, "_BPCHAR", 3, "{\"a  \",bcd}", "character(3)[]|{\"a  \",bcd}");
    text(values, expected, "_BPCHAR", unbounded, "{abc}", "bpchar[]|{abc}");
    text(values, expected, "MONEY", unbounded, "-1234.50", "numeric|-1234.50");
    text(values, expected, "_MONEY", unbounded, "{1.00}", "numeric[]|{1.00}");
    text(values, expected, "HSTORE", unbounded, "{\"a\": null}", "jsonb|{\"a\": null}");
    text(values, expected, "NUMERIC", 4, "1.5", "numeric(4,0)|2");
    values.putAll(StagingFixture.order(7, "n", "1.00"));
    staging.put("r", At.incremental(100), values);

    staging.drain();

    assertThat(staging.rows("SELECT reason, sql_state FROM riffle.rejects")).isEmpty();
    assertColumns(expected);
  }

  private void text(
      Map<String, Object> values,
      List<String> expected,
      String type,
      Integer length,
      String value,
      String shown) {
    add(values, expected, "\"string\"", type, length, null, value, shown);
  }

  /** Postgres quotes labels in an array only where it must. */
  @Test
  void enumsOfRowsOfTextsAreEnums() {
    staging.events.column("mood", mood("\\\"APP\\\".\\\"MOOD\\\""));
    staging.events.column("moods", mood("\\\"APP\\\".\\\"_MOOD\\\""));
    Map<String, Object> order = StagingFixture.order(7, "n", "1.00");
    order.put("mood", "ok");
    order.put("moods", "{sad,NULL,\"in between\",newer}");
    staging.put("r", At.incremental(100), order);

    staging.drain();

    assertThat(
            staging.row(
                "SELECT mood, moods, pg_typeof(mood), pg_typeof(moods) FROM stg_qvp.orders"))
        .isEqualTo("ok|{sad,NULL,\"in between\",newer}|stg_qvp.mood|stg_qvp.mood[]");
  }

  private static String mood(String type) {
    return "{\"type\": \"string\", \"connect.name\": \"io.debezium.data.Enum\","
        + " \"connect.parameters\": {\"allowed\": \"sad,ok,in between\","
        + " \"__debezium.source.column.type\": \""
        + type
        + "\"}}";
  }

  private void add(
      Map<String, Object> values,
      List<String> expected,
      String avro,
      String type,
      Integer length,
      Integer scale,
      Object value,
      String shown) {
    String name = "c" + expected.size();
    staging.events.column(name, avro, type, length, scale);
    values.put(name, value);
    expected.add(shown);
  }

  @Test
  void bitsPointsAndNamesThatAvroDoesNotAllow() {
    staging
        .events
        .column(
            "bits",
            "{\"type\": \"bytes\", \"connect.name\": \"io.debezium.data.Bits\","
                + " \"connect.parameters\": {\"length\": \"10\","
                + " \"__debezium.source.column.type\": \"BIT\","
                + " \"__debezium.source.column.length\": \"10\"}}")
        .column(
            "Odd_N_me",
            "{\"type\": \"string\", \"connect.parameters\": {\"__debezium.source.column.type\":"
                + " \"TEXT\", \"__debezium.source.column.name\": \"Odd \\\"Name\"}}");
    Map<String, Object> order = StagingFixture.order(7, "n", "1.00");
    order.put("bits", ByteBuffer.wrap(new byte[] {(byte) 0x05, 1}));
    order.put("Odd_N_me", "odd");
    staging.put("c", At.lsn(100, 110), order);

    staging.drain();

    assertThat(staging.row("SELECT bits, \"Odd \"\"Name\" FROM stg_qvp.orders"))
        .isEqualTo("0100000101|odd");
  }
}
