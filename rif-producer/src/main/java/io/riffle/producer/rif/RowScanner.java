package io.riffle.producer.rif;

/**
 * Finds the rows of a file and the fields of each. The grammar of rows is here and nowhere else;
 * what fields say is not.
 *
 * <p>Whether a row ends somewhere never depends on how the bytes were cut into windows, and a split
 * that ends where a row ended has the same rows as the file: a quote is closed only by a quote with
 * a separator, a line end or the end of the file behind it, and a row whose quotes do not close is
 * its first line alone. So is a row of several lines without the right number of fields: a quote
 * that was left open swallowed lines that are rows. As each quote that opens in such a line closes
 * the one before and costs a field, no byte is looked at more often than the header has columns.
 */
final class RowScanner {

  /** What a look for the next row came to. */
  enum Found {
    ROW,
    /** The window ends within a row. */
    MORE,
    END
  }

  private static final byte PLAIN = 0;
  private static final byte SEPARATOR = 1;
  private static final byte LINE_FEED = 2;
  private static final byte RETURN = 3;
  private static final byte NUL = 4;
  private static final byte HIGH = 5;
  private static final byte BACKSLASH = 6;
  private static final byte QUOTE = 7;

  private static final byte[] UNQUOTED_CLASS = classes(false);
  private static final byte[] QUOTED_CLASS = classes(true);

  private static final int NEEDS_MORE = -1;
  private static final int NOT_CLOSED = -2;

  private final RowWindow window;
  private final int maxRow;
  private final int expectedFields;

  private final FieldEnds ends;

  private boolean skipping;
  private int newlines;
  private long nextLine;

  /** First byte of the row. */
  int start;

  /** Behind the row's last byte, without its line end. */
  int end;

  /** Behind the row's line end. */
  int next;

  /** Line of the file at which the row starts. */
  long line;

  boolean tooLong;

  /** The row has a quote that is not closed; the row is that line, read without quoting. */
  boolean unclosed;

  boolean strayReturn;
  boolean hasNul;

  /** Whether the row has bytes beyond ASCII. */
  boolean hasHigh;

  private boolean hasQuotes;

  /**
   * A scanner of rows.
   *
   * @param expectedFields of a row
   * @param wantedFields the first ones, whose places will be asked for
   */
  RowScanner(RowWindow window, int expectedFields, int wantedFields, ReadLimits limits) {
    this.window = window;
    this.maxRow = limits.row();
    this.expectedFields = expectedFields;
    this.ends = new FieldEnds(wantedFields);
  }

  private static byte[] classes(boolean quoted) {
    byte[] classes = new byte[256];
    for (int b = 128; b < 256; b++) {
      classes[b] = HIGH;
    }
    classes[0] = NUL;
    classes['\n'] = LINE_FEED;
    classes['\r'] = RETURN;
    if (quoted) {
      classes['"'] = QUOTE;
    } else {
      classes['|'] = SEPARATOR;
      classes['\\'] = BACKSLASH;
    }
    return classes;
  }

  /** Starts over at the window's position, for the next split. */
  void restart(long firstLine) {
    nextLine = firstLine;
    skipping = false;
  }

  /** First byte of a field, its quote included. */
  int fieldStart(int field) {
    return ends.before(field) + 1;
  }

  /** Behind a field's last byte: at its separator or at the end of the row. */
  int fieldEnd(int field) {
    return ends.of(field);
  }

  /** Fields of the row; of a row that is too long, those that ended in time. */
  int fields() {
    return ends.count;
  }

  /** Whether the row has quotes or backslashes, which may mean something. */
  boolean hasMarks() {
    return hasQuotes || ends.sawBackslash;
  }

  /** Whether the row has as many fields as the header, an empty one more not counted. */
  boolean hasExpectedFields() {
    return ends.count == expectedFields
        || (ends.count == expectedFields + 1 && window.bytes[end - 1] == '|');
  }

  /** Whether the row has nothing in it. */
  boolean isBlank() {
    return end == start && !tooLong;
  }

  /** Looks for the next row and moves the window's position behind it. */
  Found next() {
    if (skipping) {
      skip();
    }
    if (window.position == window.limit) {
      return window.ended ? Found.END : Found.MORE;
    }
    unclosed = false;
    Found found = scan(true);
    return found == Found.ROW ? row() : found;
  }

  private Found row() {
    line = nextLine;
    nextLine += newlines + 1L;
    window.position = next;
    skipping = tooLong;
    return Found.ROW;
  }

  /** The rest of a row that is too long. */
  private void skip() {
    int at = window.position;
    while (at < window.limit && skipping) {
      skipping = window.bytes[at++] != '\n';
    }
    window.position = at;
  }

  /** The row as it reads when quotes mean nothing. */
  private Found firstLineOnly() {
    Found found = scan(false);
    unclosed = found == Found.ROW;
    return found;
  }

  private Found scan(boolean quoting) {
    byte[] bytes = window.bytes;
    begin();
    int last = Math.min(window.limit, start + maxRow);
    int at = start;
    while (true) {
      at = ends.plainWords(bytes, at, last);
      if (quoting && at < last && bytes[at] == '"' && startsField(bytes, at)) {
        at = closingQuote(at, last);
        if (at < 0) {
          return at == NEEDS_MORE ? Found.MORE : firstLineOnly();
        }
      }
      at = fieldEnd(bytes, at, last);
      if (at >= last) {
        return atLast(last);
      } else if (bytes[at] != '|') {
        return bytes[at] == '\n' ? ended(at, at + 1) : ended(at, afterReturn(at));
      }
      ends.add(at++);
      if (newlines > 0 && ends.count > expectedFields) {
        return firstLineOnly();
      }
    }
  }

  private boolean startsField(byte[] bytes, int at) {
    return at == start || bytes[at - 1] == '|';
  }

  private void begin() {
    start = window.position;
    ends.begin(start);
    newlines = 0;
    tooLong = false;
    strayReturn = false;
    hasNul = false;
    hasHigh = false;
    hasQuotes = false;
  }

  /**
   * The next separator or line end: at a carriage return when that begins a line end or when that
   * is not known yet.
   */
  private int fieldEnd(byte[] bytes, int from, int last) {
    int at = from;
    while (at < last) {
      int kind = UNQUOTED_CLASS[bytes[at] & 0xff];
      if (kind == PLAIN) {
        at++;
      } else if (kind <= LINE_FEED || (kind == RETURN && endsLine(at))) {
        return at;
      } else {
        note(kind);
        at++;
      }
    }
    return at;
  }

  private void note(int kind) {
    strayReturn |= kind == RETURN;
    hasNul |= kind == NUL;
    hasHigh |= kind == HIGH;
    ends.sawBackslash |= kind == BACKSLASH;
  }

  /** Whether a carriage return belongs to a line end, as far as the window tells. */
  private boolean endsLine(int at) {
    return at + 1 >= window.limit || window.bytes[at + 1] == '\n';
  }

  private int afterReturn(int at) {
    if (at + 1 < window.limit) {
      return at + 2;
    }
    return window.ended ? at + 1 : NEEDS_MORE;
  }

  /** No separator or line end before the end of the window, or before the row got too long. */
  private Found atLast(int last) {
    if (window.limit > last) {
      return newlines > 0 ? firstLineOnly() : tooLong(last);
    }
    return window.ended ? ended(last, last) : Found.MORE;
  }

  private Found tooLong(int last) {
    tooLong = true;
    end = last;
    next = last;
    return Found.ROW;
  }

  private Found ended(int at, int behind) {
    if (behind == NEEDS_MORE) {
      return Found.MORE;
    } else if (behind - start > maxRow) {
      return newlines > 0 ? firstLineOnly() : tooLong(start + maxRow);
    }
    ends.add(at);
    end = at;
    next = behind;
    return newlines > 0 && !hasExpectedFields() ? firstLineOnly() : Found.ROW;
  }

  /** Behind the quote that closes the one at {@code from}, or a negative number. */
  private int closingQuote(int from, int last) {
    hasQuotes = true;
    byte[] bytes = window.bytes;
    int at = from + 1;
    while (at < last) {
      int kind = QUOTED_CLASS[bytes[at] & 0xff];
      if (kind == QUOTE) {
        if (at + 1 < window.limit && bytes[at + 1] == '"') {
          at++;
        } else {
          return closed(at + 1);
        }
      } else if (kind == LINE_FEED) {
        newlines++;
      } else if (kind != PLAIN) {
        noteQuoted(kind, at);
      }
      at++;
    }
    return window.limit > last || window.ended ? NOT_CLOSED : NEEDS_MORE;
  }

  private void noteQuoted(int kind, int at) {
    if (kind != RETURN || !endsLine(at)) {
      note(kind);
    }
  }

  /** {@code at} if what follows a quote shows that it was the closing one. */
  private int closed(int at) {
    int left = window.limit - at;
    if (left == 0) {
      return window.ended ? at : NEEDS_MORE;
    }
    int first = window.bytes[at];
    if (first == '|' || first == '\n') {
      return at;
    } else if (first != '\r' && first != '\\') {
      return NOT_CLOSED;
    } else if (left == 1) {
      return window.ended ? (first == '\r' ? at : NOT_CLOSED) : NEEDS_MORE;
    }
    return window.bytes[at + 1] == (first == '\r' ? '\n' : '|') ? at : NOT_CLOSED;
  }
}
