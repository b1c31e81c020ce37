package io.riffle.schemas.dictionary;

import java.util.Collections;
import java.util.List;

/** A table in Markdown, row by row. */
final class MarkdownTable {

  private final StringBuilder text = new StringBuilder();

  MarkdownTable(List<String> titles) {
    row(titles);
    row(Collections.nCopies(titles.size(), "---"));
  }

  void row(List<String> cells) {
    text.append('|');
    cells.forEach(cell -> text.append(' ').append(cell.replace("|", "\\|")).append(" |"));
    text.append('\n');
  }

  static String code(String name) {
    return "`" + name + "`";
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
