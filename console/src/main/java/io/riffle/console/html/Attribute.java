package io.riffle.console.html;

import java.util.Locale;
import java.util.Set;

/**
 * An attribute of an element. What could run a script, or carry style past the page's policy, is
 * refused.
 */
public record Attribute(String name, String value) {
  private static final Set<String> ADDRESSES =
      Set.of("href", "src", "action", "formaction", "hx-get", "hx-post");

  public Attribute {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.startsWith("on") || lower.startsWith("hx-on") || lower.equals("style")) {
      throw new IllegalArgumentException("no attribute of ours: " + name);
    }
    if (ADDRESSES.contains(lower) && !isOurs(value)) {
      throw new IllegalArgumentException("a link must stay here: " + name);
    }
  }

  /** Within the console; {@code //host} and {@code javascript:} are not. */
  private static boolean isOurs(String address) {
    return address.startsWith("#")
        || address.startsWith("?")
        || (address.startsWith("/") && !address.startsWith("//") && !address.startsWith("/\\"));
  }

  void writeTo(StringBuilder out) {
    out.append(' ').append(name).append("=\"");
    Escape.attribute(value, out);
    out.append('"');
  }
}
