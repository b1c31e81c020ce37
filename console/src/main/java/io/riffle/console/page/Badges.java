package io.riffle.console.page;

import static io.riffle.console.html.Html.cls;
import static io.riffle.console.html.Html.span;

import io.riffle.console.html.Node;
import java.util.Locale;

/** States as words with a colour; the word alone says all. */
public final class Badges {
  private Badges() {}

  /** How a state is to be taken. */
  public enum Kind {
    GOOD,
    QUIET,
    BUSY,
    WARN,
    BAD
  }

  public static Node state(String word, Kind kind) {
    return span(cls("badge " + kind.name().toLowerCase(Locale.ROOT)), word);
  }
}
