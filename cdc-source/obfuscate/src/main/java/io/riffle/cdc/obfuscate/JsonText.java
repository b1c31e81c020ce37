package io.riffle.cdc.obfuscate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Copies a JSON text and lets strings and numbers be replaced. Everything else (member names,
 * order, blanks, true, false, null) stays as it is written.
 */
final class JsonText {
  private static final int DEEPEST = 500;

  /** Gives the replacement of a value, as JSON. */
  interface Leaves {
    /**
     * The replacement of a string.
     *
     * @param names of the members that lead to it, from the outermost
     */
    String string(List<String> names, String value);

    /** The replacement of a number, which is given as it is written. */
    String number(List<String> names, String value);

    /** Whether a value, or a whole object or array, is to become null; asked from outside in. */
    boolean removed(List<String> names);
  }

  /** The text is not JSON; says nothing of it. */
  static final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;
  }

  private final String text;
  private final Leaves leaves;
  private final StringBuilder copy = new StringBuilder();
  private final Deque<String> names = new ArrayDeque<>();
  private int at;
  private int depth;

  private JsonText(String text, Leaves leaves) {
    this.text = text;
    this.leaves = leaves;
  }

  /** The whole text with its values replaced. */
  static String rewrite(String text, Leaves leaves) throws MalformedException {
    JsonText copying = new JsonText(text, leaves);
    copying.value();
    copying.blanks();
    copying.require(copying.at == text.length());
    return copying.copy.toString();
  }

  /** A text as a JSON string. */
  static String quote(String value) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append(String.format("\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  private void value() throws MalformedException {
    blanks();
    int start = copy.length();
    boolean removed = !names.isEmpty() && leaves.removed(path());
    require(++depth < DEEPEST);
    switch (peek()) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> copy.append(leaves.string(path(), string()));
      case 't', 'f', 'n' -> literal();
      default -> number();
    }
    depth--;
    if (removed) {
      copy.setLength(start);
      copy.append("null");
    }
  }

  private void object() throws MalformedException {
    take('{');
    blanks();
    while (peek() != '}') {
      int start = at;
      names.addLast(string());
      copy.append(text, start, at);
      blanks();
      take(':');
      value();
      names.removeLast();
      next('}');
    }
    take('}');
  }

  private void array() throws MalformedException {
    take('[');
    blanks();
    while (peek() != ']') {
      value();
      next(']');
    }
    take(']');
  }

  /** Behind an item: a comma and another item, or the end. */
  private void next(char end) throws MalformedException {
    blanks();
    if (peek() != end) {
      take(',');
      blanks();
      require(peek() != end);
    }
  }

  private void literal() throws MalformedException {
    for (String word : List.of("true", "false", "null")) {
      if (text.startsWith(word, at)) {
        copy.append(word);
        at += word.length();
        return;
      }
    }
    throw new MalformedException();
  }

  private void number() throws MalformedException {
    int start = at;
    while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    require(at > start);
    copy.append(leaves.number(path(), text.substring(start, at)));
  }

  /** Reads a string and moves behind it. */
  private String string() throws MalformedException {
    require(peek() == '"');
    at++;
    StringBuilder value = new StringBuilder();
    while (peek() != '"') {
      char c = text.charAt(at++);
      value.append(c == '\\' ? escaped() : c);
    }
    at++;
    return value.toString();
  }

  private char escaped() throws MalformedException {
    char c = peek();
    at++;
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'u' -> unicode();
      default -> c;
    };
  }

  private char unicode() throws MalformedException {
    require(at + 4 <= text.length());
    try {
      char c = (char) Integer.parseInt(text.substring(at, at + 4), 16);
      at += 4;
      return c;
    } catch (NumberFormatException e) {
      throw new MalformedException();
    }
  }

  private void blanks() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      copy.append(text.charAt(at++));
    }
  }

  private void take(char c) throws MalformedException {
    require(peek() == c);
    copy.append(c);
    at++;
  }

  private char peek() throws MalformedException {
    require(at < text.length());
    return text.charAt(at);
  }

  private void require(boolean holds) throws MalformedException {
    if (!holds) {
      throw new MalformedException();
    }
  }

  private List<String> path() {
    return new ArrayList<>(names);
  }
}
