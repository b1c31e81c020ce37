package io.riffle.producer.rif;

import io.riffle.schemas.control.RejectReason;

/** Reads whole numbers: an optional sign and digits, nothing else. */
final class WholeNumber {

  private static final int MAX_DIGITS = 19;

  /** What {@link #read} found last. */
  long value;

  /** Reads a text that is not empty; null when it is a number of 64 bits, else what is wrong. */
  RejectReason read(byte[] bytes, int from, int to) {
    boolean negative = bytes[from] == '-';
    int at = negative || bytes[from] == '+' ? from + 1 : from;
    if (at == to) {
      return RejectReason.NOT_A_NUMBER;
    }
    // Runs towards the negative, which has room for one more number.
    long sum = 0;
    int digits = 0;
    for (; at < to; at++) {
      int digit = bytes[at] - '0';
      if (digit < 0 || digit > 9) {
        return RejectReason.NOT_A_NUMBER;
      }
      digits += digits > 0 || digit > 0 ? 1 : 0;
      sum = sum * 10 - digit;
    }
    // Nineteen digits fit into 64 bits without wrapping around more than the sign shows.
    if (digits > MAX_DIGITS || (digits == MAX_DIGITS && sum >= 0)) {
      return RejectReason.OUT_OF_RANGE;
    }
    value = negative ? sum : -sum;
    return !negative && sum == Long.MIN_VALUE ? RejectReason.OUT_OF_RANGE : null;
  }
}
