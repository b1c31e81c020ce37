package io.riffle.sink.replay;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/** Natural keys as they stand on merged topics: canonical decimal text. */
final class RecordKey {
  private static final int LONGEST = 20;

  private RecordKey() {}

  /** The number; empty for a barrier's key and for anything else. */
  static OptionalLong parse(byte[] text) {
    if (text == null || text.length == 0 || text.length > LONGEST || !isNumber(text)) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(new String(text, StandardCharsets.US_ASCII)));
    } catch (NumberFormatException e) {
      return OptionalLong.empty(); // more digits than a long has
    }
  }

  private static boolean isNumber(byte[] text) {
    for (int i = text[0] == '-' ? 1 : 0; i < text.length; i++) {
      if (text[i] < '0' || text[i] > '9') {
        return false;
      }
    }
    return true;
  }
}
