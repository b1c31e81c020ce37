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

  /** Noted for each word, there or not: to branch on their number would cost more. */
  private static final int USUAL_SEPARATORS = 4;

  private static final int NEEDS_MORE = -1;
  private static final int NOT_CLOSED = -2;

  private final RowWindow window;
  private final int maxRow;
  private final int expectedFields;

  /** The byte before the row, then the end of each field as far as they are wanted. */
  private final int[] ends;

  private boolean skipping;
  private int newlines;
  private long nextLine;

  /** First byte of the row. */
  int start;

  /** Behind the row's last byte, without its line end. */
  int end;

  /** Behind the row's line end. */
  int next;

  /** Fields of the row; of a row that is too long, those that ended in time. */
  int fields;

  /** Line of the file at which the row starts. */
  long line;

  boolean tooLong;

  /** The row has a quote that is not closed; the row is that line, read without quoting. */
  boolean unclosed;

  boolean strayReturn;
  boolean hasNul;

  /** Whether the row has bytes beyond ASCII. */
  boolean hasHigh;

  /** Whether the row has quotes or backslashes, which may mean something. */
  boolean hasMarks;

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
    this.ends = new int[1 + wantedFields + Long.BYTES];
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
    return ends[field] + 1;
  }

  /** Behind a field's last byte: at its separator or at the end of the row. */
  int fieldEnd(int field) {
    return ends[field + 1];
  }

  /** Whether the row has as many fields as the header, an empty one more not counted. */
  boolean hasExpectedFields() {
    return fields == expectedFields
        || (fields == expectedFields + 1 && window.bytes[end - 1] == '|');
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
      at = plainWords(bytes, at, last);
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
      addField(at++);
      if (newlines > 0 && fields > expectedFields) {
        return firstLineOnly();
      }
    }
  }

  private boolean startsField(byte[] bytes, int at) {
    return at == start || bytes[at - 1] == '|';
  }

  /**
   * Takes words of eight bytes up to the first byte that is neither plain text nor a separator.
   * Where fields are short this is several times as fast as byte by byte: the number of separators
   * in a word is not branched on.
   */
  private int plainWords(byte[] bytes, int from, int last) {
    int[] into = ends;
    int count = fields;
    int lastNoted = into.length - 1 - Long.BYTES;
    long backslashes = 0;
    int at = from;
    while (at <= last - Long.BYTES && count <= lastNoted) {
      long word = EightBytes.read(bytes, at);
      long special = EightBytes.special(word);
      long separators = EightBytes.separators(word);
      backslashes |= EightBytes.backslashes(word);
      if (special != 0) {
        separators &= EightBytes.before(special);
        note(separators, at, into, count);
        fields = count + Long.bitCount(separators);
        hasMarks |= backslashes != 0;
        return at + EightBytes.first(special);
      }
      note(separators, at, into, count);
      count += Long.bitCount(separators);
      at += Long.BYTES;
    }
    fields = count;
    hasMarks |= backslashes != 0;
    return countedWords(bytes, at, last);
  }

  /** Notes where the fields before separators end, and leaves rubbish behind them. */
  private static void note(long separators, int at, int[] into, int count) {
    long rest = separators;
    for (int i = 1; i <= USUAL_SEPARATORS; i++) {
      into[count + i] = at + EightBytes.first(rest);
      rest &= rest - 1;
    }
    for (int i = count + USUAL_SEPARATORS + 1; rest != 0; i++) {
      into[i] = at + EightBytes.first(rest);
      rest &= rest - 1;
    }
  }

  /** The same where nobody wants to know the places of the fields. */
  private int countedWords(byte[] bytes, int from, int last) {
    int count = fields;
    long backslashes = 0;
    int at = from;
    while (at <= last - Long.BYTES) {
      long word = EightBytes.read(bytes, at);
      long special = EightBytes.special(word);
      long separators = EightBytes.separators(word);
      backslashes |= EightBytes.backslashes(word);
      if (special != 0) {
        at += EightBytes.first(special);
        count += Long.bitCount(separators & EightBytes.before(special));
        break;
      }
      count += Long.bitCount(separators);
      at += Long.BYTES;
    }
    fields = count;
    hasMarks |= backslashes != 0;
    return at;
  }

  private void begin() {
    start = window.position;
    ends[0] = start - 1;
    fields = 0;
    newlines = 0;
    tooLong = false;
    strayReturn = false;
    hasNul = false;
    hasHigh = false;
    hasMarks = false;
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
    hasMarks |= kind == BACKSLASH;
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
    addField(at);
    end = at;
    next = behind;
    return newlines > 0 && !hasExpectedFields() ? firstLineOnly() : Found.ROW;
  }

  private void addField(int at) {
    fields++;
    if (fields < ends.length) {
      ends[fields] = at;
    }
  }

  /** Behind the quote that closes the one at {@code from}, or a negative number. */
  private int closingQuote(int from, int last) {
    hasMarks = true;
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
