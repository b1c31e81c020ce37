package io.riffle.sink.staging;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/**
 * What the source's connector sends in place of a value that it does not have: one that is stored
 * apart from its row (TOAST) and did not change. Random for each deployment, so that no real value
 * is equal to it.
 */
final class Placeholder {
  /** What Debezium sends unless it is told otherwise. */
  static final Placeholder USUAL = new Placeholder("__debezium_unavailable_value");

  /** For keys, which are never stored apart from their rows: nothing is it. */
  static final Placeholder NONE = new Placeholder("");

  private final String text;
  private final String json;
  private final String pair;
  private final String hex;
  private final ByteBuffer bytes;
  private final String uuid;

  Placeholder(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    this.text = text;
    this.json = "\"" + text + "\"";
    this.pair = "{" + json + ":" + json + "}";
    this.bytes = ByteBuffer.wrap(encoded);
    this.hex = "\\x" + HexFormat.of().formatHex(encoded);
    this.uuid = UUID.nameUUIDFromBytes(encoded).toString();
  }

  /** Whether a text stands for an absent value: as it is, as a JSON string, or as an hstore. */
  boolean isIt(String value) {
    return value.length() >= text.length()
        && !text.isEmpty()
        && (value.equals(text) || value.equals(json) || value.equals(pair));
  }

  boolean isIt(ByteBuffer value) {
    return bytes.hasRemaining() && value.equals(bytes);
  }

  /**
   * Whether an array stands for an absent one: it has the placeholder as its only element, or its
   * bytes as numbers.
   *
   * @param elements texts as Postgres reads them, or null
   */
  boolean isIt(List<String> elements) {
    if (elements.size() == 1 && !text.isEmpty()) {
      String only = elements.get(0);
      return only != null && (isIt(only) || only.equals(hex) || only.equals(uuid));
    }
    return !elements.isEmpty() && elements.size() == bytes.limit() && areItsBytes(elements);
  }

  private boolean areItsBytes(List<String> elements) {
    for (int i = 0; i < elements.size(); i++) {
      if (!Integer.toString(bytes.get(i)).equals(elements.get(i))) {
        return false;
      }
    }
    return true;
  }
}
