package io.riffle.infra.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.riffle.infra.component.Console;
import io.riffle.infra.generate.DataSetGenerator;
import io.riffle.testing.Browser;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A load as an operator sees it, who opens a page before it begins and only looks. */
@Tag("full")
@Tag("pages")
class WatchedLoadIT {
  private static final int RECORDS = 120_000;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir Path folder;
  private Chain chain;
  private Browser browser;

  @BeforeEach
  void open() {
    assumeTrue(Browser.chromium().isPresent(), "needs Debian's package chromium");
    chain = Chain.shared();
    browser = Browser.start();
  }

  @AfterEach
  void close() {
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void aLoadIsWatchedFromItsBeginToItsEnd() throws Exception {
    Page files = signedIn();
    new DataSetGenerator(Chain.request(List.of("PDE"), Chain.claimRecords(RECORDS), RECORDS))
        .write(folder);
    List<String> manifests = chain.load().upload(folder);
    files.navigate(at("/files?key=" + manifests.get(0)));
    files.evaluate("window.opened = 'once'");

    Locator row = files.locator("main tbody tr").first();
    Set<String> shares = new TreeSet<>();
    await("the file is loaded, by its page")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> {
              String text = row.textContent();
              if (text.contains("%")) {
                shares.add(row.locator("progress").getAttribute("value"));
              }
              return text.contains("COMPLETED");
            });

    assertThat(shares).as("it has moved").hasSizeGreaterThan(1);
    assertThat(row.textContent().replaceAll("\\D", "")).contains(Integer.toString(RECORDS));
    assertThat(files.evaluate("window.opened")).as("the page was never left").isEqualTo("once");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void theOverviewSaysThatAllIsWellWhenItIs() {
    Page overview = signedIn();
    overview.navigate(at("/"));

    await("claims RUNNING, by its page")
        .atMost(PATIENCE)
        .until(() -> line(overview).contains("RUNNING"));
    assertThat(browser.complaints()).isEmpty();
  }

  private static String line(Page overview) {
    return overview.locator("main tbody tr").first().textContent();
  }

  private Page signedIn() {
    Page page = browser.window(1200, 800, false);
    page.navigate(at("/sign-in"));
    page.getByLabel("Name").fill(Console.USER);
    page.getByLabel("Password").fill(chain.stack().consolePassword());
    page.keyboard().press("Enter");
    page.waitForURL(url -> !url.contains("sign-in"));
    return page;
  }

  private String at(String path) {
    return chain.stack().console().resolve(path).toString();
  }
}
