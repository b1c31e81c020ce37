package io.riffle.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.riffle.testing.Accessibility;
import io.riffle.testing.Browser;
import io.riffle.testing.KafkaExtension;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestKafka;
import io.riffle.testing.TestPostgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Every page in a real browser: what it looks like, what its keys and buttons do. */
@Tag("full")
@Tag("pages")
@ExtendWith({PostgresExtension.class, KafkaExtension.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrowserIT {
  private static final List<String> PAGES =
      List.of(
          "/",
          "/lag",
          "/files",
          "/files/show?key=" + LedgerRows.LOADED,
          "/files/show?key=" + LedgerRows.MANIFEST,
          "/files/show?key=" + LedgerRows.LATE,
          "/rejects",
          "/rejects/1",
          "/replays",
          "/replays/1",
          "/replays/new",
          "/record",
          "/cdc",
          "/doctor",
          "/activity",
          "/runbook");
  private static final String LABEL =
      "() => getComputedStyle(document.querySelector('td[data-label=Status]'), '::before').content";
  private static final Path SHOTS = Path.of("target/screenshots");

  private final TestPostgres postgres;
  private final TestKafka kafka;
  private final String topic;
  private final String group;
  private RunningConsole console;
  private Browser browser;

  BrowserIT(TestPostgres server, TestKafka kafka) {
    this.postgres = server.anotherMigrated("ccw");
    this.kafka = kafka;
    this.topic = kafka.uniqueName("browsed");
    this.group = kafka.uniqueName("readers");
  }

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    assumeTrue(Browser.chromium().isPresent(), "needs Debian's package chromium");
    LedgerRows.insert(postgres);
    kafka.createTopic(topic, 3);
    write(0, 500);
    write(1, 40);
    commit(100);
    console = RunningConsole.start(postgres, kafka, folder);
    await().until(() -> console.server().lag().seen().report().isPresent());
    browser = Browser.start();
  }

  @AfterAll
  void stop() {
    if (browser != null) {
      browser.close();
      console.close();
    }
  }

  @AfterEach
  void nothingWasComplainedOf() {
    assertThat(browser.complaints()).isEmpty();
  }

  private void write(int partition, int records) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < records; i++) {
        producer.send(new ProducerRecord<>(topic, partition, null, new byte[10])).get();
      }
    }
  }

  private void commit(long offset) throws Exception {
    kafka
        .admin()
        .alterConsumerGroupOffsets(
            group,
            Map.of(
                new TopicPartition(topic, 0), new OffsetAndMetadata(offset),
                new TopicPartition(topic, 1), new OffsetAndMetadata(40),
                new TopicPartition(topic, 2), new OffsetAndMetadata(0)))
        .all()
        .get();
  }

  private Page signedIn(String name, int width, int height, boolean dark) {
    Page page = browser.window(width, height, dark);
    page.navigate(console.uri("/sign-in").toString());
    page.getByLabel("Name").fill(name);
    page.getByLabel("Password").fill(RunningConsole.PASSWORD);
    page.keyboard().press("Enter");
    page.waitForURL(url -> !url.contains("sign-in"));
    return page;
  }

  private void look(Page page, String path, String shot) {
    page.navigate(console.uri(path).toString());
    page.locator("h1").waitFor();
    page.screenshot(
        new Page.ScreenshotOptions()
            .setFullPage(true)
            .setPath(SHOTS.resolve(shot + name(path) + ".png")));
    assertThat(Accessibility.problems(page)).as(path).isEmpty();
  }

  private static String name(String path) {
    String name = path.replaceAll("[^A-Za-z0-9]+", "-");
    return name.substring(0, Math.min(40, name.length()));
  }

  @Test
  void everyPageIsFitForAll() {
    Page wide = signedIn("admin", 1400, 900, false);
    PAGES.forEach(path -> look(wide, path, "wide"));
    look(wide, "/lag/group?name=" + group, "wide");
    Page dark = signedIn("operator", 1400, 900, true);
    PAGES.forEach(path -> look(dark, path, "dark"));
    look(dark, "/lag/group?name=" + group, "dark");
  }

  @Test
  void nothingIsOutOfSightInANarrowWindow() {
    Page light = signedIn("operator", 390, 800, false);
    Page dark = signedIn("admin", 390, 800, true);
    List<String> pages = new ArrayList<>(PAGES);
    pages.add("/lag/group?name=" + group);
    for (String path : pages) {
      look(dark, path, "narrow-dark");
      look(light, path, "narrow");
      assertThat(Accessibility.outOfSight(light)).as(path).isEmpty();
    }
    light.navigate(console.uri("/activity").toString());
    light.setViewportSize(1200, 800);
    light.setViewportSize(390, 800);
    assertThat(Accessibility.outOfSight(light))
        .as("the page's place, when it gets narrow")
        .isEmpty();
    light.navigate(console.uri("/rejects").toString());
    assertThat(light.evaluate(LABEL)).as("cells tell their column").isEqualTo("\"Status\"");
  }

  @Test
  void theSignInPageIsFitToo() {
    Page page = browser.window(390, 800, true);
    look(page, "/sign-in", "narrow-dark");
    page.getByLabel("Name").fill("viewer");
    page.getByLabel("Password").fill("wrong");
    page.getByText("Sign in").last().click();
    page.getByRole(AriaRole.ALERT).waitFor();
    assertThat(browser.complaints()).allMatch(text -> text.contains("401"));
  }

  @Test
  void aLagIsWatchedLive() throws Exception {
    Page page = signedIn("viewer", 1200, 900, false);
    page.navigate(console.uri("/lag/group?name=" + group).toString());
    page.locator(".uplot").waitFor();
    page.getByText("STOPPED").first().waitFor();
    long before = lag(page);
    page.locator("summary").first().click(); // folds the partitions away

    write(0, 1_000);

    await().until(() -> lag(page) == before + 1_000);
    assertThat(page.locator("details").first().getAttribute("open")).as("stays folded").isNull();
    assertThat(page.locator(".uplot").count()).as("one graph").isEqualTo(1);
    String words =
        "Graph of the last hour: at .* UTC " + grouped(before + 1_000) + " messages.*; at most .*";
    await()
        .until(() -> page.locator("#plot[role=figure]").getAttribute("aria-label").matches(words));
    page.getByText("24 h").click();
    page.locator("button[aria-pressed=true]:text('24 h')").waitFor();
    commit(100);
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static long lag(Page page) {
    String text = page.locator(".facts dd").nth(1).textContent();
    return Long.parseLong(text.replaceAll("\\D", ""));
  }

  @Test
  void keysLeadEverywhere() {
    Page page = signedIn("viewer", 1200, 800, false);
    for (Map.Entry<String, String> key :
        Map.of(
                "l",
                "/lag",
                "f",
                "/files",
                "r",
                "/rejects",
                "p",
                "/replays",
                "c",
                "/cdc",
                "a",
                "/activity")
            .entrySet()) {
      page.keyboard().press("g");
      page.keyboard().press(key.getKey());
      page.waitForURL(url -> url.endsWith(key.getValue()));
      page.waitForLoadState();
    }
    page.navigate(console.uri("/activity").toString());
    page.keyboard().press("/");
    assertThat(page.evaluate("document.activeElement.name")).isEqualTo("who");
    page.keyboard().press("Tab");
    page.evaluate("document.activeElement.blur()");
    page.keyboard().press("?");
    page.getByRole(AriaRole.DIALOG).waitFor();
    page.keyboard().press("Escape");
    page.navigate(console.uri("/files").toString());
    page.keyboard().press("Tab");
    assertThat(page.evaluate("document.activeElement.textContent"))
        .isEqualTo("Skip to the content");
    page.keyboard().press("p");
    page.locator("body.paused").waitFor();
  }

  @Test
  void rejectsAreChosenAndRedriven() {
    Page page = signedIn("operator", 1400, 900, false);
    page.navigate(console.uri("/rejects").toString());
    page.getByLabel("select reject 1").check();
    page.getByLabel("select reject 2").check();
    page.getByText("Redrive selected").click();
    page.getByText("Redrive requested for 2 rejects").waitFor();
    page.navigate(console.uri("/rejects/3").toString());
    page.getByLabel("Reason (no values)").fill("ticket 7");
    page.getByText("Discard").click();
    page.getByText("Given up: 1 reject").waitFor();

    assertThat(postgres.rows("SELECT status FROM riffle.rejects ORDER BY reject_id"))
        .containsExactly("REDRIVING", "REDRIVING", "DISCARDED", "OPEN");
  }

  @Test
  void aFileIsSkippedAndTakenUpAgain() {
    Page page = signedIn("operator", 1400, 900, false);
    page.navigate(console.uri("/files/show?key=" + LedgerRows.LATE).toString());
    page.getByLabel("Reason (no values)").fill("ticket 7");
    page.getByText("Skip", new Page.GetByTextOptions().setExact(true)).click();
    page.getByText("Skipped: 1 file").waitFor();
    page.getByText("BY_OPERATOR: ticket 7").waitFor();
    page.getByText("Retry", new Page.GetByTextOptions().setExact(true)).click();
    page.getByText("Taken up again: 1 file").waitFor();
  }

  @Test
  void aReplayIsCancelledAndASourcePaused() {
    Page page = signedIn("operator", 1400, 900, false);
    page.navigate(console.uri("/replays/1").toString());
    page.getByText("Cancel", new Page.GetByTextOptions().setExact(true)).click();
    page.getByText("Replay 1 is cancelled").waitFor();
    page.navigate(console.uri("/cdc").toString());
    page.getByText("Pause", new Page.GetByTextOptions().setExact(true)).click();
    page.getByText("qvp is to pause").waitFor();
    page.getByText("Resume").click();
    page.getByText("qvp is to go on").waitFor();
  }

  /** Tables are read, and forms are sent, without any script. */
  @Test
  void withoutScriptsTablesAndFormsAreThere() {
    try (BrowserContext context = browser.withoutScripts()) {
      Page page = context.newPage();
      page.navigate(console.uri("/sign-in").toString());
      page.getByLabel("Name").fill("viewer");
      page.getByLabel("Password").fill(RunningConsole.PASSWORD);
      page.getByText("Sign in").last().click();
      page.navigate(console.uri("/lag/group?name=" + group).toString());
      assertThat(page.locator("main").textContent()).contains("STOPPED", topic, "needs JavaScript");
    }
  }

  @Test
  void valuesAreShownToAdminsOnly() {
    Page page = signedIn("admin", 1200, 800, false);
    page.navigate(console.uri("/rejects/4").toString());
    assertThat(page.content()).doesNotContain(LedgerRows.VALUE);
    page.getByText("Show values (is noted)").click();
    page.getByText(LedgerRows.VALUE).waitFor();
    page.navigate(console.uri("/activity").toString());
    assertThat(page.content()).contains("SHOW_VALUES").doesNotContain(LedgerRows.VALUE);
  }
}
