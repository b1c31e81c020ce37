package io.riffle.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.riffle.net.TcpProxy;
import io.riffle.testing.Browser;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Live pages in a real browser: when nobody answers, when rows move, when a form is refused. */
@Tag("full")
@Tag("pages")
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefreshIT {
  private static final String NO_KAFKA = "127.0.0.1:9";
  private static final String NOTICE = "#silence .notice";
  private static final String AGE = "() => document.querySelector('#live .age time').dateTime";
  private static final String AGE_COLOR =
      "() => getComputedStyle(document.querySelector('#live .age')).color";
  private static final String BAD_COLOR =
      "() => { const e = document.createElement('i'); e.style.color = 'var(--bad)';"
          + " document.body.append(e); const c = getComputedStyle(e).color; e.remove(); return c; }";
  private static final String CAUSE =
      "() => document.activeElement.form?.querySelector('[name=cause]')?.value"
          + " ?? document.activeElement.id";

  private final TestPostgres postgres;
  private final TcpProxy toPostgres;
  @TempDir private Path folder;
  private RunningConsole console;
  private Browser browser;

  RefreshIT(TestPostgres server) {
    this.postgres = server.anotherMigrated("ccw");
    this.toPostgres = TcpProxy.before(postgres.port());
  }

  @BeforeAll
  void open() {
    assumeTrue(Browser.chromium().isPresent(), "needs Debian's package chromium");
    LedgerRows.insert(postgres);
    browser = Browser.start();
  }

  @BeforeEach
  void start() throws IOException {
    console = startAt(0);
  }

  private RunningConsole startAt(int port) throws IOException {
    String url = postgres.jdbcUrl().replaceFirst(":\\d+/", ":" + toPostgres.port() + "/");
    return RunningConsole.start(
        postgres,
        NO_KAFKA,
        folder,
        Map.of("console.listen", "127.0.0.1:" + port, "database.url", url));
  }

  @AfterEach
  void stop() {
    toPostgres.heal();
    console.close();
    browser.complaints(); // of answers that are missed on purpose
  }

  @AfterAll
  void close() {
    if (browser != null) {
      browser.close();
    }
    toPostgres.close();
  }

  private Page at(String path) {
    Page page = browser.window(1400, 900, false);
    page.navigate(console.uri("/sign-in").toString());
    page.getByLabel("Name").fill("operator");
    page.getByLabel("Password").fill(RunningConsole.PASSWORD);
    page.keyboard().press("Enter");
    page.waitForURL(url -> !url.contains("sign-in"));
    page.navigate(console.uri(path).toString());
    page.locator("h1").waitFor();
    return page;
  }

  /** Until the page was exchanged once more. */
  private static void awaitRefresh(Page page) {
    Object before = page.evaluate(AGE);
    await().atMost(Duration.ofSeconds(30)).until(() -> !page.evaluate(AGE).equals(before));
  }

  @Test
  void silenceIsToldUntilSomebodyAnswers() {
    Page page = at("/files");
    page.route(Pattern.compile("/files$"), Route::abort);

    page.locator(NOTICE).waitFor();

    assertThat(page.locator(NOTICE).textContent())
        .matches("The console does not answer: what is shown is from .* ago.* UTC");
    page.screenshot(
        new Page.ScreenshotOptions().setPath(Path.of("target/screenshots/silence.png")));
    assertThat(page.locator("#silence").getAttribute("role")).isEqualTo("status");
    assertThat(page.evaluate(AGE_COLOR)).isEqualTo(page.evaluate(BAD_COLOR));

    page.unroute(Pattern.compile("/files$"));
    await().until(() -> page.locator(NOTICE).count() == 0);
    assertThat(page.evaluate(AGE_COLOR)).isNotEqualTo(page.evaluate(BAD_COLOR));
  }

  @Test
  void aConsoleThatIsStartedAgainAsksWhoThatIs() throws IOException {
    Page page = at("/files?state=LOADING");
    int port = console.server().port();
    console.close();
    page.locator(NOTICE).waitFor();

    console = startAt(port);

    page.waitForURL(url -> url.contains("/sign-in"));
    page.getByLabel("Name").fill("viewer");
    page.getByLabel("Password").fill(RunningConsole.PASSWORD);
    page.keyboard().press("Enter");
    page.waitForURL(url -> url.endsWith("/files?state=LOADING"));
  }

  @Test
  void aServerThatIsAwayIsToldAndThePageComesByItself() {
    Page watched = at("/files");
    Page opened = at("/");
    toPostgres.cut();
    watched.locator(NOTICE).waitFor();
    assertThat(watched.locator(NOTICE).textContent())
        .startsWith("The database does not answer: what is shown is from ");

    opened.navigate(console.uri("/rejects").toString());
    assertThat(opened.locator("h1").textContent()).isEqualTo("Not available");
    assertThat(opened.locator("nav a[aria-current]").textContent()).isEqualTo("Rejects");

    toPostgres.heal();
    opened.locator("h1:text('Rejects')").waitFor();
    await().until(() -> watched.locator(NOTICE).count() == 0);
    opened.getByText("NOT_A_DATE").first().waitFor();
  }

  @Test
  void focusStaysOnWhatDoesTheSame() {
    Page page = at("/rejects");
    Locator button = page.locator("form:has([name=cause][value=CHECK_VIOLATION]) button");
    button.focus();
    assertThat(page.evaluate(CAUSE)).isEqualTo("CHECK_VIOLATION");
    String first = firstCause(page);

    postgres.execute(
        """
        INSERT INTO riffle.rejects (file_id, attempt, type, stage, record, line, rows, at, column_name, reason,
            sql_state, topic, partition, "offset", raw_bytes, raw_kept)
          SELECT file_id, attempt, type, stage, 100 + n, 100 + n, 1, 100 + n, column_name, reason, sql_state, topic,
            partition, 1000 + n, raw_bytes, 0 FROM riffle.rejects, generate_series(1, 9) n WHERE reject_id = 4
        """);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> firstCause(page).equals("CHECK_VIOLATION") && !first.equals(firstCause(page)));
    assertThat(page.evaluate(CAUSE)).isEqualTo("CHECK_VIOLATION");

    postgres.execute(
        "UPDATE riffle.rejects SET status = 'DISCARDED' WHERE reason = 'CHECK_VIOLATION'");
    await().atMost(Duration.ofSeconds(30)).until(() -> !firstCause(page).equals("CHECK_VIOLATION"));
    assertThat(page.evaluate(CAUSE)).as("nothing does the same any more").isEqualTo("main");
  }

  private static String firstCause(Page page) {
    return page.locator("table").first().locator("tbody th").first().textContent().strip();
  }

  @Test
  void whatWasTypedOutlivesARefresh() {
    Page page = at("/rejects");
    page.getByLabel("Reason (no values)").fill("ticket 9");
    page.evaluate("document.activeElement.blur()");

    awaitRefresh(page);

    assertThat(page.getByLabel("Reason (no values)").inputValue()).isEqualTo("ticket 9");
  }

  @Test
  void aRefusedFormStaysAsItWasFilledIn() {
    Page page = at("/rejects?type=CARRIER");
    page.locator("input[name=id][value='1']").check();
    page.getByText("Discard selected").click();

    page.getByText("reason is missing").waitFor();
    assertThat(page.url()).endsWith("/rejects?status=UNSETTLED&type=CARRIER");
    awaitRefresh(page);
    awaitRefresh(page);

    assertThat(page.getByText("reason is missing").count()).isEqualTo(1);
    assertThat(page.locator("input[name=id][value='1']").isChecked()).isTrue();
  }

  @Test
  void aLinkOfAnAlertLandsAtItsEntry() {
    Page page = browser.window(1400, 900, false);
    page.navigate(console.uri("/runbook#filestuck").toString());
    page.getByLabel("Name").fill("viewer");
    page.getByLabel("Password").fill(RunningConsole.PASSWORD);
    page.keyboard().press("Enter");

    page.waitForURL(url -> url.endsWith("/runbook#filestuck"));
    assertThat(page.locator("h3:target").textContent()).isEqualTo("FileStuck");
  }
}
