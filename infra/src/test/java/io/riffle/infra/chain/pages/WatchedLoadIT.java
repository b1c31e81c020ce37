package io.riffle.infra.chain.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.riffle.infra.chain.Chain;
import io.riffle.infra.generate.DataSetGenerator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A load as an operator sees it, who opens a page before it begins and only looks. */
@InChromium
class WatchedLoadIT {
  private static final int RECORDS = 120_000;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @RegisterExtension final People people = new People();
  @TempDir Path folder;

  @Test
  void aLoadIsWatchedFromItsBeginToItsEnd() throws Exception {
    AtConsole viewer = people.viewer();
    new DataSetGenerator(Chain.request(List.of("PDE"), Chain.claimRecords(RECORDS), RECORDS))
        .write(folder);
    List<String> manifests = Chain.shared().load().upload(folder);
    Page files = viewer.open("/files?key=" + manifests.get(0)).page();
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
  }
}
