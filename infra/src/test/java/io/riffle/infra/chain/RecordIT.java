package io.riffle.infra.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.riffle.infra.generate.DataSetGenerator;
import io.riffle.infra.generate.GenerateRequest;
import io.riffle.infra.generate.GenerateRequest.Entry;
import io.riffle.infra.generate.Years;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code riffle record} after loads whose order is not that of their versions. */
@Tag("full")
@Tag("stack")
class RecordIT {
  private static final int RECORDS = 10;
  private static final int PERSONS = 30;

  private final Chain chain = Chain.shared();
  private final Cli riffle = new Cli(chain.stack().home());
  @TempDir Path folder;

  @Test
  void namesTheFileOfEachFieldAndWhatBecameOfEveryDelivery() throws Exception {
    long first = Chain.claimRecords(RECORDS);
    GenerateRequest older = Chain.request(List.of("CARRIER"), first, RECORDS);
    GenerateRequest full = Chain.request(List.of("CARRIER"), first, RECORDS);
    GenerateRequest merge = Chain.request(List.of("CARRIER_MERGE"), first, RECORDS);
    String fullManifest = chain.load(full, folder.resolve("full")).get(0).manifest();
    String mergeManifest = chain.load(merge, folder.resolve("merge")).get(0).manifest();
    String olderManifest = chain.load(older, folder.resolve("older")).get(0).manifest();
    String key = key(first + 2);

    JsonNode record = ask(0, "CARRIER", key);

    assertThat(record.path("verdict").asText()).isEqualTo("AGREES");
    assertThat(record.path("key").asText()).isEqualTo(key);
    JsonNode number = field(record, "record", "", "carr_num");
    assertThat(number.path("setBy").path("manifest").asText()).isEqualTo(fullManifest);
    assertThat(number.path("setBy").path("record").asInt()).isEqualTo(3);
    assertThat(number.path("setBy").path("attempt").asInt()).isEqualTo(1);
    assertThat(number.path("setBy").path("line").asInt()).isGreaterThan(3);
    assertThat(number.path("patch").asBoolean()).isFalse();
    JsonNode patched = field(record, "record", "", "carr_clm_cntl_num");
    assertThat(patched.path("setBy").path("manifest").asText()).isEqualTo(mergeManifest);
    assertThat(patched.path("setBy").path("file").asText()).isEqualTo("carrier_merge_1.csv");
    assertThat(patched.path("patch").asBoolean()).isTrue();
    assertThat(field(record, "line", "1", "line_ndc_cd").path("setBy").path("manifest").asText())
        .isEqualTo(mergeManifest);

    JsonNode deliveries = record.path("deliveries");
    assertThat(deliveries.findValuesAsText("outcome"))
        .containsExactly("APPLIED", "APPLIED", "OLDER");
    assertThat(deliveries.findValuesAsText("kind")).containsExactly("FULL", "MERGE", "FULL");
    assertThat(deliveries.path(2).path("record").path("manifest").asText())
        .isEqualTo(olderManifest);

    assertThat(riffle.run(0, "record", "carrier", key, "--line", "1").out())
        .contains("CARRIER " + key, "AGREES", "carrier_merge_1.csv", "line 1", "patch", "OLDER")
        .doesNotContain("line 2");
  }

  @Test
  void tellsWhatWaitsForAKeyThatNeverCame() throws Exception {
    long first = Chain.claimRecords(RECORDS);
    GenerateRequest merge = Chain.request(List.of("CARRIER_MERGE"), first, RECORDS);
    String manifest = chain.load(merge, folder.resolve("merge")).get(0).manifest();

    JsonNode record = ask(0, "CARRIER", key(first));

    assertThat(record.path("verdict").asText()).isEqualTo("WAITS");
    assertThat(record.path("row").isNull()).isTrue();
    assertThat(record.path("deliveries").findValuesAsText("outcome")).containsExactly("PARKED");
    assertThat(record.path("parked").findValuesAsText("column")).contains("carr_clm_cntl_num");
    assertThat(record.path("parked").path(0).path("setBy").path("manifest").asText())
        .isEqualTo(manifest);
  }

  @Test
  void findsWhatSomebodyChangedByHandAndShowsNoValueIfAskedNotTo() throws Exception {
    long first = Chain.claimRecords(RECORDS);
    chain.load(Chain.request(List.of("CARRIER"), first, RECORDS), folder.resolve("full"));
    String changed = key(first);
    String gone = key(first + 1);
    update("UPDATE ccw.carrier_claims SET carr_num = 'BY ME' WHERE clm_id = " + changed);
    update("DELETE FROM ccw.carrier_claim_lines WHERE clm_id = " + gone);
    update("DELETE FROM ccw.carrier_claims WHERE clm_id = " + gone);

    JsonNode record = ask(1, "CARRIER", changed);
    assertThat(record.path("verdict").asText()).isEqualTo("CHANGED");
    assertThat(field(record, "record", "", "carr_num").path("standing").asText())
        .isEqualTo("CHANGED");
    assertThat(field(record, "record", "", "clm_pmt_amt").path("standing").asText())
        .isEqualTo("AGREES");
    assertThat(ask(1, "CARRIER", gone).path("verdict").asText()).isEqualTo("MISSING");

    assertThat(riffle.run(1, "record", "CARRIER", changed).out()).contains("BY ME", changed);
    for (String format : List.of("table", "json")) {
      assertThat(riffle.run(1, "-o", format, "record", "CARRIER", changed, "--no-values").out())
          .contains("CHANGED", "carrier_1.csv")
          .doesNotContain("BY ME")
          .doesNotContain(changed);
    }
  }

  @Test
  void showsTheYearsAndFormerIdentitiesOfPersons() throws Exception {
    long first = Chain.persons(PERSONS);
    chain.load(persons(first, "BENEFICIARY", 3), folder.resolve("full"));
    chain.load(persons(first, "BENEFICIARY_HISTORY", 2), folder.resolve("history"));
    chain.load(persons(first, "BENEFICIARY_MERGE", 1), folder.resolve("merge"));

    List<String> keys = withMonthsAndHistory(first);
    assertThat(keys).isNotEmpty();
    for (String key : keys) {
      JsonNode person = ask(0, "BENEFICIARY_HISTORY", key);
      assertThat(person.path("type").asText()).isEqualTo("BENEFICIARY");
      assertThat(person.path("verdict").asText()).isEqualTo("AGREES");
      assertThat(person.path("seen").findValuesAsText("topic"))
          .containsExactly("main.rif.beneficiary", "main.rif.beneficiary_history");
      assertThat(person.path("fields").findValuesAsText("row")).contains("month", "history");
    }
    assertThat(riffle.run(0, "record", "BENEFICIARY", keys.get(0), "--line", "2020").out())
        .contains("month 2020-")
        .doesNotContain("month 2021-");
  }

  @Test
  void saysThatTheSinkIsBehindAndThatItIsNoLonger() throws Exception {
    long first = Chain.claimRecords(RECORDS);
    chain.load(Chain.request(List.of("PDE"), first, RECORDS), folder.resolve("full"));
    String key = key(first);
    Path newer = folder.resolve("newer");
    new DataSetGenerator(Chain.request(List.of("PDE_MERGE"), first, RECORDS)).write(newer);
    List<String> uploaded;
    try (Connection blocker = chain.database().getConnection();
        Statement statement = blocker.createStatement()) {
      blocker.setAutoCommit(false);
      statement.execute("LOCK TABLE ccw.partd_events IN SHARE ROW EXCLUSIVE MODE");
      uploaded = chain.load().upload(newer);
      await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(
              () ->
                  assertThat(ask(1, "PDE", key).path("text").asText())
                      .contains("1 merged ones not written yet"));
      assertThat(ask(1, "PDE", key).path("verdict").asText()).isEqualTo("BEHIND");
      blocker.rollback();
    }
    chain.await(uploaded);

    assertThat(ask(0, "PDE", key).path("verdict").asText()).isEqualTo("AGREES");
  }

  @Test
  void saysWhatWasSearchedForAKeyThatNobodyKnows() {
    assertThat(riffle.run(1, "record", "PDE", "123456789012").err())
        .contains("nothing is known of PDE 123456789012", "main.rif.pde, partition ");
  }

  private static GenerateRequest persons(long first, String type, int sequence) {
    return new GenerateRequest(
        List.of(Entry.parse(Chain.LAYOUTS, type)),
        1,
        0,
        first,
        PERSONS,
        new Years(2019, 2021),
        0,
        true,
        11,
        Chain.nextInstant(),
        sequence);
  }

  private List<String> withMonthsAndHistory(long first) throws SQLException {
    String sql =
        "SELECT string_agg(DISTINCT h.bene_id::text, ',') FROM ccw.beneficiaries_history h"
            + " JOIN ccw.beneficiary_monthly m USING (bene_id)"
            + " WHERE bene_id BETWEEN %s AND %s AND m.year_month = '2020-01-01'";
    String keys = chain.text(sql.formatted(key(first + PERSONS - 1), key(first)));
    return List.of(keys.split(",", -1)).subList(0, 2);
  }

  private JsonNode ask(int exitCode, String type, String key) throws Exception {
    return new ObjectMapper()
        .readTree(riffle.run(exitCode, "-o", "json", "record", type, key).out());
  }

  private static JsonNode field(JsonNode record, String row, String label, String column) {
    return StreamSupport.stream(record.path("fields").spliterator(), false)
        .filter(field -> field.path("row").asText().equals(row))
        .filter(field -> field.path("label").asText().equals(label))
        .filter(field -> field.path("column").asText().equals(column))
        .findFirst()
        .orElseThrow();
  }

  private static String key(long number) {
    return Long.toString(GenerateRequest.key(number));
  }

  private void update(String sql) throws SQLException {
    try (Connection connection = chain.database().getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }
}
