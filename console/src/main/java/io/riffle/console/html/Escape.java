package io.riffle.console.html;

/** Makes text harmless. */
final class Escape {
  private Escape() {}

  static void text(String text, StringBuilder out) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        default -> out.append(isSeen(c) ? c : '\uFFFD');
      }
    }
  }

  static void attribute(String text, StringBuilder out) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> out.append(isSeen(c) ? c : '\uFFFD');
      }
    }
  }

  /** S3 keys hold what somebody chose: what turns text around or hides it is shown as such. */
  private static boolean isSeen(char c) {
    int type = Character.getType(c);
    return c == '\n' || c == '\t' || (type != Character.CONTROL && type != Character.FORMAT);
  }
}
