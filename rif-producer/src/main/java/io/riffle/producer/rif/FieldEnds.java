package io.riffle.producer.rif;

/**
 * Where the fields of a row end: as many places as are wanted, and how many ends there are in all.
 *
 * <p>The loops work on local variables and write them back once: what is in an object is stored
 * again after each write into the array.
 */
final class FieldEnds {

  /** Noted for each word, there or not: to branch on their number would cost more. */
  private static final int USUAL_SEPARATORS = 4;

  /** The byte before the row, the end of each wanted field, and room for what is noted too much. */
  private final int[] places;

  /** Fields that have ended. */
  int count;

  boolean sawBackslash;

  /**
   * Ends of fields.
   *
   * @param wanted fields whose places will be asked for, from the first one on
   */
  FieldEnds(int wanted) {
    places = new int[1 + wanted + Long.BYTES];
  }

  void begin(int rowStart) {
    places[0] = rowStart - 1;
    count = 0;
    sawBackslash = false;
  }

  /** The byte before a field: a separator, or what stands before the row. */
  int before(int field) {
    return places[field];
  }

  int of(int field) {
    return places[field + 1];
  }

  void add(int at) {
    count++;
    if (count < places.length) {
      places[count] = at;
    }
  }

  /**
   * Takes words of eight bytes up to the first byte that is neither plain text nor a separator.
   * Where fields are short this is several times as fast as byte by byte: the number of separators
   * in a word is not branched on.
   *
   * @return the first byte that was not taken
   */
  int plainWords(byte[] bytes, int from, int last) {
    int[] into = places;
    int ended = count;
    int lastNoted = into.length - 1 - Long.BYTES;
    long backslashes = 0;
    int at = from;
    while (at <= last - Long.BYTES && ended <= lastNoted) {
      long word = EightBytes.read(bytes, at);
      long special = EightBytes.special(word);
      long separators = EightBytes.separators(word);
      backslashes |= EightBytes.backslashes(word);
      if (special != 0) {
        separators &= EightBytes.before(special);
        note(separators, at, into, ended);
        count = ended + Long.bitCount(separators);
        sawBackslash |= backslashes != 0;
        return at + EightBytes.first(special);
      }
      note(separators, at, into, ended);
      ended += Long.bitCount(separators);
      at += Long.BYTES;
    }
    count = ended;
    sawBackslash |= backslashes != 0;
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
    int ended = count;
    long backslashes = 0;
    int at = from;
    while (at <= last - Long.BYTES) {
      long word = EightBytes.read(bytes, at);
      long special = EightBytes.special(word);
      long separators = EightBytes.separators(word);
      backslashes |= EightBytes.backslashes(word);
      if (special != 0) {
        at += EightBytes.first(special);
        ended += Long.bitCount(separators & EightBytes.before(special));
        break;
      }
      ended += Long.bitCount(separators);
      at += Long.BYTES;
    }
    count = ended;
    sawBackslash |= backslashes != 0;
    return at;
  }
}
