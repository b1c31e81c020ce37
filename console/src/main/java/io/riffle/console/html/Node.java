package io.riffle.console.html;

/** A piece of a page that writes itself, escaped. */
public interface Node {
  void writeTo(StringBuilder out);
}
