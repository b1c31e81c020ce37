package io.riffle.console.runbook;

import static io.riffle.console.html.Html.a;
import static io.riffle.console.html.Html.attr;
import static io.riffle.console.html.Html.cls;
import static io.riffle.console.html.Html.span;

import io.riffle.console.html.Html;
import io.riffle.console.html.Node;
import io.riffle.console.page.Nav;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/** {@code docs/runbook.md}, as the build packed it. */
public final class Runbook {
  private static final Markdown TEXT = Markdown.of(read());
  private static final Set<String> ANCHORS = TEXT.anchors().all();

  private Runbook() {}

  private static String read() {
    try (InputStream in = Runbook.class.getResourceAsStream("runbook.md")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Node content() {
    return Html.all(TEXT.nodes());
  }

  /** Names of its headings, in small letters, as in addresses. */
  public static Set<String> anchors() {
    return ANCHORS;
  }

  /** Whether it has a heading of that name, in any case. */
  public static boolean knows(String heading) {
    return ANCHORS.contains(heading.toLowerCase(Locale.ROOT));
  }

  /**
   * A word that leads to what the runbook says of it; itself where that says nothing.
   *
   * @param heading in any case
   */
  public static Node link(String heading, Object word) {
    String anchor = heading.toLowerCase(Locale.ROOT);
    return knows(heading)
        ? a(
            Nav.RUNBOOK.path() + "#" + anchor,
            cls("meant"),
            attr("title", "what it means, and what to do"),
            word)
        : span(word);
  }
}
