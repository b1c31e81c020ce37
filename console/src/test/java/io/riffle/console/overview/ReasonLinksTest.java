package io.riffle.console.overview;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.console.html.Html;
import io.riffle.console.runbook.Runbook;
import io.riffle.operations.overview.Standing;
import java.util.Locale;
import org.junit.jupiter.api.Test;

final class ReasonLinksTest {
  @Test
  void everyReasonLeadsToAHeading() {
    ReasonLinks.headings()
        .forEach(
            heading -> assertThat(Runbook.anchors()).contains(heading.toLowerCase(Locale.ROOT)));
  }

  @Test
  void reasonsOfPartsAreKnownByTheirWords() {
    assertThat(link(Standing.ofPart("scan", false, "S3", "OUTAGE")))
        .contains("/runbook#partpaused");
    assertThat(link(Standing.ofPart("sink", true, "S3", "X"))).contains("/runbook#partstopped");
    assertThat(Html.document(ReasonLinks.of("the <moon> is full")))
        .contains("the &lt;moon&gt; is full")
        .doesNotContain("href");
  }

  private static String link(Standing standing) {
    return Html.document(ReasonLinks.of(standing.reason()));
  }
}
