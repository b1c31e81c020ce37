package io.riffle.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.riffle.testing.KafkaExtension;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestKafka;
import io.riffle.testing.TestPostgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Lists that are longer than a page of them, and those of a span of time. */
@Tag("full")
@Tag("pages")
@ExtendWith({PostgresExtension.class, KafkaExtension.class})
class LongListsIT {
  private static final Pattern OLDER = Pattern.compile("<a href=\"([^\"]*)\">Older</a>");
  private static final Pattern REJECT = Pattern.compile("href=\"/rejects/(\\d+)\"");
  private static final Pattern FILE = Pattern.compile(">(f\\d+\\.csv)</a>");

  private final TestPostgres server;
  private final TestKafka kafka;
  @TempDir private Path folder;
  private TestPostgres postgres;
  private RunningConsole console;

  LongListsIT(TestPostgres server, TestKafka kafka) {
    this.server = server;
    this.kafka = kafka;
  }

  @BeforeEach
  void start() throws Exception {
    postgres = server.anotherMigrated("ccw");
    LedgerRows.insert(postgres);
    postgres.execute(
        """
        INSERT INTO riffle.rejects (file_id, attempt, type, stage, record, line, rows, at, reason, topic, partition,
            "offset", raw_bytes, raw_kept, rejected_at)
          SELECT 1, 1, 'CARRIER', 'PRODUCER', 100 + n, n, 1, n, 'TOO_LONG', 't', 0, 100 + n, 13, 13,
                 now() - interval '30 hours' FROM generate_series(1, 230) n;
        INSERT INTO riffle.files (manifest_id, entry_index, file_name, type, merge, s3_key, state, attempt,
            discovered_at, changed_at)
          SELECT 1, 10 + n, 'f' || n || '.csv', 'SNF', false, 'Incoming/2026-11-20T10:00:00Z/f' || n || '.csv',
                 'WAITING', 0, now(), now() FROM generate_series(1, 230) n;
        """);
    console = RunningConsole.start(postgres, kafka, folder);
  }

  @AfterEach
  void stop() {
    console.close();
  }

  @Test
  void rejectsAreLeafedThroughWithoutAGapOrARepetition() throws Exception {
    assertThat(leaf("/rejects?cause=TOO_LONG", REJECT)).hasSize(230).doesNotHaveDuplicates();
    assertThat(leaf("/rejects?cause=NOT_A_NUMBER", REJECT)).hasSize(1);
    JsonNode api = json("/api/v1/rejects?cause=TOO_LONG&limit=500&before=104");
    assertThat(api.at("/rejects").size()).isEqualTo(99);
    assertThat(console.as("viewer").get("/rejects?before=x").statusCode()).isEqualTo(400);
  }

  @Test
  void filesAreLeafedThroughWithoutAGapOrARepetition() throws Exception {
    assertThat(leaf("/files?state=WAITING", FILE)).hasSize(230).doesNotHaveDuplicates();
    assertThat(json("/api/v1/files?state=WAITING&limit=100&page=3").at("/files").size())
        .isEqualTo(30);
    assertThat(console.as("viewer").page("/files?page=2")).contains("Newer");
    assertThat(console.get("/files?page=0").statusCode()).isEqualTo(400);
  }

  @Test
  void rejectsOfADayAreThoseThatTheOverviewCounts() throws Exception {
    console.as("viewer");
    await("the overview")
        .until(() -> console.page("/").contains("/rejects?status=ALL&amp;since=24h"));
    assertThat(console.page("/rejects?status=ALL&since=24h"))
        .contains("NOT_A_DATE")
        .doesNotContain("TOO_LONG");
    assertThat(json("/api/v1/rejects?since=2d").at("/rejects").size()).isEqualTo(100);
    assertThat(json("/api/v1/rejects?since=24h").at("/rejects").size()).isEqualTo(4);
    assertThat(console.get("/rejects?since=yesterday").statusCode()).isEqualTo(400);
    assertThat(console.get("/rejects?since=yesterday").body()).doesNotContain("yesterday");
  }

  /** The line of a span counts those of the span. */
  @Test
  void redrivingAllOfASpanTakesNoOlderOnes() throws Exception {
    postgres.execute("UPDATE riffle.rejects SET reason = 'NOT_A_DATE' WHERE reject_id > 4");
    console.as("operator");
    String shown = console.page("/rejects?since=24h&cause=NOT_A_DATE");
    Matcher since = Pattern.compile("name=\"since\" value=\"(20[^\"]*Z)\"").matcher(shown);
    assertThat(since.find()).isTrue();

    console.post(
        "/rejects",
        "/rejects/redrive",
        Map.of("cause", "NOT_A_DATE", "type", "CARRIER", "since", since.group(1)));

    assertThat(
            postgres.rows(
                "SELECT reject_id::text FROM riffle.rejects WHERE status = 'REDRIVING' ORDER BY 1"))
        .containsExactly("1", "2");
    assertThat(
            console
                .post("/rejects", "/rejects/redrive", Map.of("since", "never", "cause", "X"))
                .statusCode())
        .isEqualTo(400);
  }

  private List<String> leaf(String first, Pattern each) throws Exception {
    List<String> found = new ArrayList<>();
    console.as("viewer");
    String address = first;
    while (address != null) {
      String page = console.page(address);
      each.matcher(page).results().forEach(one -> found.add(one.group(1)));
      Matcher older = OLDER.matcher(page);
      address = older.find() ? older.group(1).replace("&amp;", "&") : null;
    }
    return found;
  }

  private JsonNode json(String address) throws Exception {
    return new ObjectMapper().readTree(console.as("viewer").page(address));
  }
}
