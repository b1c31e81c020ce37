package io.riffle.console.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.console.html.Html;
import io.riffle.operations.lag.LagState;
import io.riffle.schemas.control.RejectReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class RunbookTest {
  private static final Pattern WITHIN = Pattern.compile("href=\"#([^\"]*)\"");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{2,3} (.*)$");

  @Test
  void everyHeadingHasItsPlace() throws IOException {
    String text = Files.readString(Path.of("../docs/runbook.md"));
    List<String> headings = all(HEADING, text);

    assertThat(headings).hasSizeGreaterThan(50);
    assertThat(Runbook.anchors())
        .containsAll(
            headings.stream()
                .map(heading -> heading.toLowerCase(Locale.ROOT).replace(' ', '-'))
                .toList());
    assertThat(page())
        .contains("<h3 id=\"processdown\">ProcessDown</h3>", "<h2 id=\"files-by-state\">");
  }

  @Test
  void everyLinkWithinItLeadsToAHeading() {
    List<String> links = all(WITHIN, page());

    assertThat(links).hasSizeGreaterThan(20);
    assertThat(Runbook.anchors()).containsAll(links);
  }

  @Test
  void tellsOfWhatPagesShow() {
    Stream<String> groups =
        Arrays.stream(LagState.values())
            .filter(state -> state.compareTo(LagState.OK) > 0)
            .map(Enum::name);
    Stream<String> causes = Arrays.stream(RejectReason.values()).map(Enum::name);

    assertThat(Runbook.anchors())
        .contains("retentionrisk")
        .containsAll(
            Stream.concat(groups, causes).map(name -> name.toLowerCase(Locale.ROOT)).toList());
    assertThat(Html.document(Runbook.link("UNHEARD_OF", "word"))).contains("<span>word</span>");
  }

  @Test
  void markupIsTextAndOtherDocumentsAreNamed() {
    Markdown made =
        Markdown.of(
            """
            # Title

            ## A `b`, c_d & e!

            One <b onclick="x()">two</b> [three](cdc.md#watch), [four](../infra/README.md).

            ## A b c_d  e

            | x | y |
            |---|---|
            | 1 | `2` |

            1. five
               six

            <script>alert(1)</script>
            """);

    assertThat(made.anchors().all()).containsExactly("title", "a-b-c_d--e", "a-b-c_d--e-1");
    assertThat(Html.document(Html.all(made.nodes())))
        .contains("&lt;b onclick", "&lt;script&gt;", "<ol><li>five six</li></ol>")
        .contains("<code>docs/cdc.md</code>", "<code>infra/README.md</code>", "<code>2</code>")
        .doesNotContain("<b", "<script", "Title");
  }

  private static String page() {
    return Html.document(Runbook.content());
  }

  private static List<String> all(Pattern pattern, String text) {
    return pattern.matcher(text).results().map((MatchResult found) -> found.group(1)).toList();
  }
}
