package io.riffle.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.riffle.testing.KafkaExtension;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestKafka;
import io.riffle.testing.TestPostgres;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Pages, actions and programs' routes over the ledgers of a real database. */
@Tag("full")
@Tag("pages")
@ExtendWith({PostgresExtension.class, KafkaExtension.class})
class PagesIT {
  private static final String NO_KAFKA = "127.0.0.1:9";

  private final TestPostgres server;
  private final TestKafka kafka;
  private TestPostgres postgres;
  private RunningConsole console;
  @TempDir private Path folder;

  PagesIT(TestPostgres server, TestKafka kafka) {
    this.server = server;
    this.kafka = kafka;
  }

  @BeforeEach
  void start() throws Exception {
    postgres = server.anotherMigrated("ccw");
    LedgerRows.insert(postgres);
    console = RunningConsole.start(postgres, kafka, folder);
  }

  @AfterEach
  void stop() {
    console.close();
  }

  @Test
  void filesTellStatesTotalsAndProgress() throws Exception {
    String files = console.as("viewer").page("/files");
    assertThat(files)
        .contains("carrier.csv", "COMPLETED_WITH_REJECTS 1", "LOADING 1", "25 %", "late.csv")
        .contains("stray &quot;x&quot;".replace("&quot;", "\""), "&lt;b&gt;.csv")
        .doesNotContain("<b>");
    assertThat(console.page("/files?state=LOADING")).contains("pde.csv").doesNotContain("late.csv");
    assertThat(console.page("/files/show?key=" + LedgerRows.LOADED))
        .contains("996", "NOT_A_DATE", "LINE_1ST_EXPNS_DT")
        .doesNotContain("Reload from S3");
    assertThat(console.as("operator").page("/files/show?key=" + LedgerRows.LOADED))
        .contains("Reload from S3");
    assertThat(console.page("/files/show?key=" + LedgerRows.MANIFEST))
        .contains("pde.csv", "late.csv");
    assertThat(console.get("/files/show?key=other").statusCode()).isEqualTo(404);
  }

  @Test
  void aFileIsSkippedAndTakenUpAgainByOperators() throws Exception {
    String late = "/files/show?key=" + LedgerRows.LATE;
    console.as("viewer");
    assertThat(console.page(late)).doesNotContain("/files/skip");
    assertThat(console.post("/lag", "/files/skip", Map.of("key", "x")).statusCode()).isEqualTo(403);

    console.as("operator");
    assertThat(console.page(late)).contains("/files/skip").doesNotContain("/files/retry");
    assertThat(console.page("/files/show?key=" + LedgerRows.LOADED)).doesNotContain("/files/skip");
    Map<String, String> whole = Map.of("key", LedgerRows.MANIFEST, "reason", "ticket 12 <b>");
    assertThat(console.post(late, "/files/skip", Map.of("key", LedgerRows.MANIFEST)).statusCode())
        .as("without a reason")
        .isEqualTo(400);
    assertThat(console.post(late, "/files/skip", whole).statusCode()).isEqualTo(303);
    assertThat(console.page(late))
        .contains("Skipped: 1 file; refused: 2, the first because it is COMPLETED_WITH_REJECTS")
        .contains("BY_OPERATOR: ticket 12 &lt;b&gt;", "/files/retry");
    assertThat(console.post(late, "/files/retry", Map.of("key", LedgerRows.LATE)).statusCode())
        .isEqualTo(303);
    assertThat(console.page(late)).contains("Taken up again: 1 file", "DISCOVERED");
    assertThat(console.post(late, "/files/retry", Map.of("key", "Incoming/")).statusCode())
        .as("no data set's folder")
        .isEqualTo(404);

    assertThat(
            postgres.rows(
                "SELECT who, action, target, before, after FROM riffle.activity"
                    + " WHERE action NOT LIKE 'SIGN%' ORDER BY activity_id"))
        .containsExactly(
            "operator|SKIP_ASKED|%s|1 COMPLETED_WITH_REJECTS, 1 LOADING, 1 TOO_OLD|null"
                .formatted(LedgerRows.MANIFEST),
            "operator|SKIP|%s|1 COMPLETED_WITH_REJECTS, 1 LOADING, 1 TOO_OLD|1 SKIPPED, 2 refused: ticket 12 <b>"
                .formatted(LedgerRows.MANIFEST),
            "operator|RETRY_ASKED|%s|1 SKIPPED|null".formatted(LedgerRows.LATE),
            "operator|RETRY|%s|1 SKIPPED|1 DISCOVERED, 0 refused".formatted(LedgerRows.LATE));
  }

  @Test
  void rejectsAreRedrivenAndDiscardedByOperators() throws Exception {
    console.as("viewer");
    assertThat(console.page("/rejects"))
        .contains("NOT_A_DATE", "&lt;img src=x onerror=alert(1)&gt;")
        .doesNotContain("Redrive selected", LedgerRows.VALUE, "<img");
    assertThat(console.post("/lag", "/rejects/redrive", Map.of("id", "1")).statusCode())
        .isEqualTo(403);

    console.as("operator");
    assertThat(console.page("/rejects?file=" + LedgerRows.LOADED))
        .as("what is counted in one file is redriven in one file")
        .contains("name=\"file\" value=\"" + LedgerRows.LOADED + "\"", " in " + LedgerRows.LOADED);
    assertThat(
            console
                .post("/rejects", "/rejects/redrive", Map.of("cause", "NOT_A_DATE"))
                .statusCode())
        .isEqualTo(303);
    assertThat(console.page("/rejects")).contains("Redrive requested for 2 rejects", "REDRIVING");
    assertThat(console.post("/rejects", "/rejects/discard", Map.of("id", "3")).statusCode())
        .as("without a reason")
        .isEqualTo(400);
    console.post("/rejects", "/rejects/discard", Map.of("id", "3", "reason", "ticket 12"));
    console.post("/rejects", "/rejects/redrive", Map.of("id", "3"));
    assertThat(console.page("/rejects")).contains("refused: 1, the first because it is DISCARDED");

    assertThat(
            postgres.rows(
                "SELECT reject_id, status, status_by, status_note FROM riffle.rejects ORDER BY 1"))
        .containsExactly(
            "1|REDRIVING|operator|null",
            "2|REDRIVING|operator|null",
            "3|DISCARDED|operator|ticket 12",
            "4|OPEN|null|null");
    assertThat(
            postgres.rows(
                "SELECT who, action, target, after FROM riffle.activity ORDER BY 1, activity_id"))
        .contains(
            "operator|REDRIVE|cause NOT_A_DATE|2 REDRIVING, 0 refused",
            "operator|DISCARD|1 by number: [3]|1 DISCARDED, 0 refused");
  }

  @Test
  void valuesAreForAdminsWhoAskAndIsNoted() throws Exception {
    for (String name : List.of("viewer", "operator", "admin")) {
      assertThat(console.as(name).page("/rejects/1"))
          .contains("Masked")
          .doesNotContain(LedgerRows.VALUE);
    }
    assertThat(console.post("/rejects/1", "/rejects/1/values", Map.of()).body())
        .contains(LedgerRows.VALUE);
    assertThat(
            console.as("operator").post("/rejects/1", "/rejects/1/values", Map.of()).statusCode())
        .isEqualTo(403);

    assertThat(
            postgres.rows(
                "SELECT who, action, target FROM riffle.activity WHERE action = 'SHOW_VALUES'"))
        .containsExactly("admin|SHOW_VALUES|reject 1");
  }

  @Test
  void aReplayIsLookedAtAndCancelled() throws Exception {
    assertThat(console.as("viewer").page("/replays"))
        .contains("table ccw.carrier_claims", "PLANNED")
        .doesNotContain("Plan a replay");
    console.as("operator");
    assertThat(console.page("/replays/1")).contains("Run it", "Cancel", "main.merged.carrier");
    assertThat(console.page("/replays/new")).contains("Make a plan");
    assertThat(console.post("/replays/new", "/replays/plan", Map.of("what", "table")).body())
        .contains("name is missing");

    assertThat(console.post("/replays/1", "/replays/1/cancel", Map.of()).statusCode())
        .isEqualTo(303);

    assertThat(console.page("/replays/1")).contains("CANCELLED", "cancelled by operator");
    assertThat(console.get("/replays/99").statusCode()).isEqualTo(404);
    assertThat(console.post("/replays", "/replays/99/run", Map.of()).statusCode()).isEqualTo(404);
    assertThat(console.api("operator", "/api/v1/replays/99").statusCode()).isEqualTo(404);
    assertThat(
            postgres.rows(
                "SELECT who, before, after FROM riffle.activity WHERE action = 'REPLAY_CANCEL'"))
        .containsExactly("operator|PLANNED|CANCELLED");
  }

  @Test
  void capturedDatabasesArePausedAndReadAgain() throws Exception {
    assertThat(console.as("viewer").page("/cdc"))
        .contains("qvp", "STREAMING", "riffle_main_qvp_1", "52.4 MB", "25 %")
        .doesNotContain("Snapshot all");
    console.as("operator");
    console.post("/cdc", "/cdc/qvp/pause", Map.of());

    assertThat(postgres.rows("SELECT wanted FROM riffle.cdc_sources")).containsExactly("PAUSED");
    assertThat(console.page("/cdc")).contains("qvp is to pause", "Resume");
    console.post("/cdc", "/cdc/qvp/resume", Map.of());
    assertThat(console.post("/cdc", "/cdc/other/pause", Map.of()).body())
        .contains("there is no source");
    console.post("/cdc", "/cdc/qvp/snapshot", Map.of("table", "public.requests"));
    assertThat(
            postgres.rows(
                "SELECT action, target FROM riffle.activity WHERE action LIKE 'CDC%' ORDER BY activity_id"))
        .contains("CDC_PAUSE|qvp", "CDC_RESUME|qvp", "CDC_SNAPSHOT|qvp public.requests");
  }

  @Test
  void aKeyIsNeverInAnAddressOrAnAnswerThatRefusesIt() throws Exception {
    console.as("viewer");
    assertThat(console.page("/record")).contains("method=\"post\"").doesNotContain("show values");
    HttpResponse<String> answer =
        console.post("/record", "/record", Map.of("type", "CARRIER", "key", "no-number-4711"));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("whole number").doesNotContain("4711");
    assertThat(
            console
                .post("/record", "/record", Map.of("type", "CARRIER", "key", "1", "values", "yes"))
                .statusCode())
        .as("values are not for viewers")
        .isEqualTo(403);
  }

  @Test
  void programsAreToldWhatCommandsPrint() throws Exception {
    JsonNode files = json(console.api("viewer", "/api/v1/files?state=LOADING"));
    assertThat(files.at("/files/0/totals/done").asLong()).isEqualTo(2000);
    assertThat(files.get("unlistedCount").asLong()).isEqualTo(1);
    JsonNode rejects = json(console.api("viewer", "/api/v1/rejects"));
    assertThat(rejects.at("/causes/0/reason").asText()).isEqualTo("NOT_A_DATE");
    assertThat(json(console.api("viewer", "/api/v1/rejects/4")).get("sqlState").asText())
        .isEqualTo("23514");
    assertThat(json(console.api("viewer", "/api/v1/replays/1")).at("/ranges/1/to").asLong())
        .isEqualTo(500);
    assertThat(json(console.api("viewer", "/api/v1/cdc")).at("/sources/0/slot/active").asBoolean())
        .isTrue();
    assertThat(json(console.api("viewer", "/api/v1/activity")).isArray()).isTrue();
  }

  @Test
  void programsActToo() throws Exception {
    assertThat(console.apiPost("viewer", "/api/v1/rejects/redrive", "{\"ids\":[1]}").statusCode())
        .isEqualTo(403);
    assertThat(console.apiPost("operator", "/api/v1/rejects/redrive", "{}").statusCode())
        .as("nothing selected")
        .isEqualTo(400);
    JsonNode taken =
        json(console.apiPost("operator", "/api/v1/rejects/redrive", "{\"ids\":[1, 99]}"));
    assertThat(taken.at("/taken/0/id").asLong()).isEqualTo(1);
    assertThat(taken.at("/refused/0/why").asText()).contains("no such reject");
    assertThat(
            console
                .apiPost("operator", "/api/v1/rejects/discard", "{\"ids\":[2],\"reason\":\"t\"}")
                .statusCode())
        .isEqualTo(200);
    String late = "{\"key\":\"%s\",\"reason\":\"t\"}".formatted(LedgerRows.LATE);
    assertThat(console.apiPost("viewer", "/api/v1/files/skip", late).statusCode()).isEqualTo(403);
    JsonNode skipped = json(console.apiPost("operator", "/api/v1/files/skip", late));
    assertThat(skipped.at("/taken/0/was").asText()).isEqualTo("TOO_OLD");
    HttpResponse<String> again = console.apiPost("operator", "/api/v1/files/skip", late);
    assertThat(again.statusCode()).as("of which nothing was done").isEqualTo(409);
    assertThat(anyJson(again).at("/refused/0/why").asText()).isEqualTo("it is SKIPPED already");
    assertThat(anyJson(again).at("/error").asText()).contains("it is SKIPPED already");
    String retry = "{\"key\":\"%s\"}".formatted(LedgerRows.LATE);
    assertThat(
            json(console.apiPost("operator", "/api/v1/files/retry", retry)).get("state").asText())
        .isEqualTo("DISCOVERED");
    assertThat(
            json(console.apiPost("operator", "/api/v1/replays/1/cancel", "{}"))
                .get("state")
                .asText())
        .isEqualTo("CANCELLED");
    assertThat(postgres.rows("SELECT DISTINCT via FROM riffle.activity")).containsExactly("API");
  }

  @Test
  void programsTryBeforeTheyAct() throws Exception {
    String skip = "{\"key\":\"%s\",\"reason\":\"t\",\"dryRun\":true}".formatted(LedgerRows.LATE);
    JsonNode tried = json(console.apiPost("operator", "/api/v1/files/skip", skip));
    assertThat(tried.get("dryRun").asBoolean()).isTrue();
    assertThat(tried.at("/taken/0/was").asText()).isEqualTo("TOO_OLD");
    String redrive = "{\"cause\":\"NOT_A_DATE\",\"dryRun\":true}";
    assertThat(json(console.apiPost("operator", "/api/v1/rejects/redrive", redrive)).at("/taken"))
        .hasSize(2);
    String discard = "{\"ids\":[1],\"reason\":\"t\",\"dryRun\":true}";
    assertThat(json(console.apiPost("operator", "/api/v1/rejects/discard", discard)).at("/taken"))
        .hasSize(1);

    JsonNode file =
        json(console.api("viewer", "/api/v1/files?key=" + LedgerRows.LATE)).at("/files/0");
    assertThat(file.get("state").asText()).isEqualTo("TOO_OLD");
    assertThat(file.get("key").asText()).isEqualTo(LedgerRows.LATE);
    assertThat(postgres.rows("SELECT DISTINCT status FROM riffle.rejects")).containsExactly("OPEN");
    assertThat(postgres.rows("SELECT * FROM riffle.activity")).isEmpty();
  }

  @Test
  void aBodyThatMeansSomethingElseIsRefused() throws Exception {
    String misspelt = "{\"ids\":[1],\"cuase\":\"4711\"}";
    HttpResponse<String> answer = console.apiPost("operator", "/api/v1/rejects/redrive", misspelt);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("ids, cause, type").doesNotContain("4711", "cuase");
    String unclear = "{\"ids\":[1],\"dryRun\":\"yes\"}";
    assertThat(console.apiPost("operator", "/api/v1/rejects/redrive", unclear).body())
        .contains("dryRun is true or false");
    String long64k = "{\"ids\":[1],\"cause\":\"%s\"}".formatted("x".repeat(70_000));
    HttpResponse<String> tooLong = console.apiPost("operator", "/api/v1/rejects/redrive", long64k);
    assertThat(tooLong.statusCode()).isEqualTo(413);
    assertThat(anyJson(tooLong).get("error").asText()).contains("too long");
  }

  /** A page that looks again does not take what is told to who acted. */
  @Test
  void whatCameOfAnActionWaitsForThePageThatIsLedTo() throws Exception {
    console.as("operator").post("/rejects", "/rejects/redrive", Map.of("id", "1"));

    assertThat(
            console
                .send(
                    HttpRequest.newBuilder(console.uri("/rejects"))
                        .header("HX-Request", "true")
                        .build())
                .body())
        .doesNotContain("Redrive requested");
    assertThat(console.page("/rejects")).contains("Redrive requested for 1 reject");
    assertThat(console.page("/rejects")).doesNotContain("Redrive requested");
  }

  @Test
  void prometheusIsToldOfFilesAndRejects() {
    await()
        .untilAsserted(
            () ->
                assertThat(console.server().meters().scrape(null))
                    .contains(
                        "ingest_files{state=\"LOADING\"} 1.0",
                        "ingest_file_oldest_seconds{state=\"TOO_OLD\"}",
                        "rejects_open{cause=\"NOT_A_DATE\"} 2.0",
                        "rejects_oldest_open_seconds ",
                        "console_seen_timestamp_seconds{what=\"ledger\"}")
                    .doesNotContain(LedgerRows.VALUE));
  }

  @Test
  void anAnswerOfTheOverviewIsForProgramsToo() throws Exception {
    await().until(() -> console.server().overview().seen().isPresent());

    JsonNode overview = json(console.api("viewer", "/api/v1/overview"));

    assertThat(overview.at("/pipelines/0/pipeline").asText()).isEqualTo("claims");
    assertThat(overview.get("state").asText()).as("nothing runs here").isEqualTo("STOPPED");
    assertThat(console.as("viewer").page("/"))
        .contains("claims", "rif-producer", "Connect does not answer", "qvp");
  }

  @Test
  void withoutKafkaThatIsSaidAndTheRestGoesOn() throws Exception {
    console.close();
    console = RunningConsole.start(postgres, NO_KAFKA, folder, Map.of());
    assertThat(console.as("viewer").page("/lag")).contains("No look at Kafka");
    assertThat(console.get("/api/v1/lag").statusCode()).isEqualTo(503);
  }

  @Test
  void aRefusedFormIsShownAgainWithWhatWasTyped() throws Exception {
    console.as("operator");
    HttpResponse<String> plan =
        console.post(
            "/replays/new",
            "/replays/plan",
            Map.of("what", "file", "name", "Incoming/x.csv", "mode", "rebuild", "keys", "4711"));
    assertThat(plan.statusCode()).isEqualTo(400);
    assertThat(plan.body())
        .contains("Plan a replay", "a rebuild is of a whole table", "value=\"Incoming/x.csv\"")
        .contains("value=\"rebuild\" checked", "value=\"file\" checked")
        .doesNotContain("4711");

    HttpResponse<String> discard =
        console.post(
            "/rejects",
            "/rejects/discard",
            Map.of("id", "2", "reason", "x".repeat(1001), "shown-type", "CARRIER"));
    assertThat(discard.statusCode()).isEqualTo(400);
    assertThat(discard.body())
        .contains("at most 1000 characters", "x".repeat(1001), "name=\"id\" value=\"2\" checked")
        .contains("hx-get=\"/rejects?status=UNSETTLED&amp;type=CARRIER\"", "One by one");
    assertThat(
            console
                .post("/rejects/2", "/rejects/discard", Map.of("id", "2", "page", "reject"))
                .body())
        .contains("reason is missing", "<h1>Reject 2</h1>");

    String late = "/files/show?key=" + LedgerRows.LATE;
    HttpResponse<String> skip =
        console.post(
            late, "/files/skip", Map.of("key", LedgerRows.LATE, "reason", "y".repeat(501)));
    assertThat(skip.statusCode()).isEqualTo(400);
    assertThat(skip.body())
        .contains("a reason has 1 to 500 characters", "y".repeat(501), "TOO_OLD")
        .contains("data-address=\"/files/show?key=");
    assertThat(console.post(late, "/files/skip", Map.of("key", LedgerRows.LATE)).body())
        .contains("reason is missing", "TOO_OLD");

    postgres.execute("UPDATE riffle.cdc_sources SET state = 'GAP'");
    HttpResponse<String> snapshot = console.post("/cdc", "/cdc/qvp/snapshot", Map.of());
    assertThat(snapshot.statusCode()).isEqualTo(409);
    assertThat(snapshot.body()).contains("qvp is GAP", "riffle_main_qvp_1");
    assertThat(console.post("/cdc", "/cdc/other/pause", Map.of()).statusCode()).isEqualTo(404);
    console.post(
        "/replays/new",
        "/replays/plan",
        Map.of("page", "file", "what", "file", "name", LedgerRows.LOADED, "mode", "none"));
    assertThat(console.page("/files/show?key=" + LedgerRows.LOADED)).contains("mode is merge");
  }

  @Test
  void whatIsAwayIsSaidWhereItWasAskedForAndTriedAgain() throws Exception {
    console.close();
    console =
        RunningConsole.start(
            postgres, NO_KAFKA, folder, Map.of("database.url", "jdbc:postgresql://127.0.0.1:9/x"));
    console.as("operator");

    HttpResponse<String> answer = console.get("/files/show?key=a");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body())
        .contains("The database does not answer", "href=\"/files\" aria-current=\"page\"")
        .contains("hx-get=\"/files/show?key=a\"");
    assertThat(console.get("/rejects/none").body())
        .contains("id is a whole number", "href=\"/rejects\" aria-current=\"page\"")
        .doesNotContain("hx-get");
  }

  @Test
  void pagesLeadToTheRunbook() throws Exception {
    await().until(() -> console.server().overview().seen().isPresent());
    String runbook = console.as("viewer").page("/runbook");
    assertThat(runbook).contains("id=\"too_old\"", "aria-current=\"page\" data-key=\"b\"");
    Set<String> found = new TreeSet<>();
    for (String path : List.of("/", "/files", "/lag", "/rejects", "/rejects/1")) {
      Pattern.compile("/runbook#([^\"]*)")
          .matcher(console.page(path))
          .results()
          .forEach(link -> found.add(link.group(1)));
    }
    assertThat(found)
        .contains("too_old", "completed_with_rejects", "not_a_date", "consumerstopped")
        .allSatisfy(anchor -> assertThat(runbook).contains("id=\"" + anchor + "\""));
  }

  /**
   * Whatever a program or a browser sends is answered as what it is: nobody's fault but its own.
   */
  @Test
  void nonsenseIsRefusedAndBreaksNothing() throws Exception {
    await().until(() -> console.server().lag().seen().report().isPresent());
    console.as("admin");
    List<String> nonsense = List.of("%00", "%ED%A0%80", "-1", "99999999999999999999", "%25", "'");
    List<String> asked =
        List.of(
            "/files?key=",
            "/files?state=",
            "/files?limit=",
            "/files/show?key=",
            "/lag?name=",
            "/lag/group?name=",
            "/rejects?file=",
            "/rejects?cause=",
            "/rejects?status=",
            "/rejects/",
            "/replays/",
            "/activity?who=",
            "/activity?before=",
            "/activity?action=",
            "/api/v1/files?key=",
            "/api/v1/rejects?cause=",
            "/api/v1/rejects/",
            "/api/v1/replays/",
            "/api/v1/cdc?source=",
            "/api/v1/lag?group=",
            "/api/v1/activity?who=",
            "/api/v1/lag/history?group=",
            "/api/v1/replays?limit=",
            "/static/",
            "/sign-in?to=");
    for (String path : asked) {
      for (String text : nonsense) {
        assertThat(console.get(path + text).statusCode()).as(path + text).isLessThan(500);
      }
    }
    assertThat(console.get("/files?key=%00").statusCode()).isEqualTo(400);
    assertThat(console.get("/api/v1/cdc?source=nope").statusCode()).isEqualTo(404);
    for (String path :
        List.of(
            "/rejects/redrive", "/rejects/discard", "/record", "/replays/plan", "/cdc/a/pause")) {
      for (String text : List.of("\0", "-", "x".repeat(5000))) {
        Map<String, String> fields =
            Map.of(
                "id",
                text,
                "cause",
                text,
                "reason",
                text,
                "type",
                text,
                "key",
                text,
                "what",
                text,
                "name",
                text,
                "shown-status",
                text,
                "page",
                "reject");
        assertThat(console.post("/record", path, fields).statusCode()).as(path).isBetween(400, 499);
      }
    }
    for (String body :
        List.of("", "{", "[]", "{\"ids\": \"x\"}", "{\"cause\": \"\\u0000\"}", "7")) {
      assertThat(console.apiPost("operator", "/api/v1/rejects/redrive", body).statusCode())
          .as(body)
          .isBetween(400, 499);
      assertThat(console.apiPost("operator", "/api/v1/replays", body).statusCode())
          .as(body)
          .isBetween(400, 499);
      assertThat(console.apiPost("operator", "/api/v1/record", body).statusCode())
          .as(body)
          .isBetween(400, 499);
    }
  }

  private static JsonNode json(HttpResponse<String> answer) throws Exception {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return anyJson(answer);
  }

  private static JsonNode anyJson(HttpResponse<String> answer) throws Exception {
    return new ObjectMapper().readTree(answer.body());
  }
}
