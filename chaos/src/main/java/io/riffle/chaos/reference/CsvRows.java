package io.riffle.chaos.reference;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;

/** Reads the CSV of a canonical dump: an empty field is null, {@code ""} the empty text. */
final class CsvRows {

  private static final int END = -1;

  private final Reader in;
  private final StringBuilder field = new StringBuilder();

  CsvRows(Reader in) {
    this.in = in;
  }

  /** The next row; null at the end. */
  List<String> next() throws IOException {
    int c = in.read();
    if (c == END) {
      return null;
    }
    List<String> row = new ArrayList<>();
    while (true) {
      boolean quoted = c == '"';
      int after = quoted ? quoted() : plain(c);
      row.add(!quoted && field.length() == 0 ? null : field.toString());
      if (after != ',') {
        return row;
      }
      c = in.read();
    }
  }

  /** Reads up to a separator or line end, and returns it. */
  private int plain(int first) throws IOException {
    field.setLength(0);
    int c = first;
    while (c != ',' && c != '\n' && c != END) {
      field.append((char) c);
      c = in.read();
    }
    return c;
  }

  private int quoted() throws IOException {
    field.setLength(0);
    while (true) {
      int c = in.read();
      if (c == '"') {
        c = in.read();
        if (c != '"') {
          return c;
        }
      }
      field.append((char) c);
    }
  }
}
