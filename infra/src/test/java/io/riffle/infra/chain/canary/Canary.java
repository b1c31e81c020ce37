package io.riffle.infra.chain.canary;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.Optional;

/**
 * Values that stand for health data, and would be recognised anywhere: no id, hash or figure of the
 * stack has them by chance.
 */
final class Canary {

  /** Within texts and Medicare numbers; the second character is none of Base64. */
  static final String TEXT = "Z#Q";

  /** The first digits of claims, events and persons. */
  static final String KEY = "8675309000";

  static final String AMOUNT = "867530.91";
  static final String DATE = "13-MAR-1907";

  private static final List<String> ALL = List.of(TEXT, KEY, AMOUNT, DATE, "1907-03-13");

  /** The number of the first record whose key begins with {@link #KEY}. */
  static final long FIRST = 8_674_309_000_001L;

  private Canary() {}

  /** The first of them in a text. */
  static Optional<String> in(String text) {
    return ALL.stream().filter(text::contains).findFirst();
  }

  /** The first of them in bytes, which may be of any encoding that ASCII is part of. */
  static Optional<String> in(byte[] bytes) {
    return bytes == null ? Optional.empty() : in(new String(bytes, ISO_8859_1));
  }
}
