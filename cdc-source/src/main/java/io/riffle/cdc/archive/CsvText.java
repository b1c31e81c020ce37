package io.riffle.cdc.archive;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows as RFC 4180 has them, with one difference that tools know from Postgres: null is an empty
 * cell, an empty text a pair of quotes. Values are always quoted, and never changed: one that a
 * spreadsheet would take for a formula is written as it is.
 */
final class CsvText {
  private static final int END = -1;

  private CsvText() {}

  /** Writes a row; null is a cell without anything. */
  static void write(Writer out, List<String> cells) throws IOException {
    String comma = "";
    for (String cell : cells) {
      out.write(comma);
      if (cell != null) {
        out.write('"');
        out.write(cell.replace("\"", "\"\""));
        out.write('"');
      }
      comma = ",";
    }
    out.write('\n');
  }

  /**
   * Reads a row; null at the end.
   *
   * @throws MalformedException if it is not written as {@link #write} does
   */
  static List<String> read(Reader in) throws IOException {
    int c = in.read();
    if (c == END) {
      return null;
    }
    List<String> cells = new ArrayList<>();
    while (true) {
      if (c == '"') {
        StringBuilder cell = new StringBuilder();
        c = quoted(in, cell);
        cells.add(cell.toString());
      } else {
        cells.add(null);
      }
      if (c == '\n') {
        return cells;
      }
      if (c != ',') {
        throw new MalformedException();
      }
      c = in.read();
    }
  }

  /** Reads to the closing quote; gives what follows it. */
  private static int quoted(Reader in, StringBuilder cell) throws IOException {
    while (true) {
      int c = in.read();
      if (c == END) {
        throw new MalformedException();
      }
      if (c == '"') {
        int next = in.read();
        if (next != '"') {
          return next;
        }
      }
      cell.append((char) c);
    }
  }

  /** The text is not such rows; says nothing of it. */
  static final class MalformedException extends IOException {
    private static final long serialVersionUID = 1L;

    MalformedException() {
      super("not a row");
    }
  }
}
