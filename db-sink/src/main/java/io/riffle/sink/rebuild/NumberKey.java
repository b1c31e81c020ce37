package io.riffle.sink.rebuild;

import java.nio.ByteBuffer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/** The key of a row; null for the keys of barriers and for what is no number in plain digits. */
final class NumberKey implements Deserializer<Long> {
  private static final int MOST_DIGITS = 19;

  @Override
  public Long deserialize(String topic, byte[] bytes) {
    return bytes == null ? null : number(ByteBuffer.wrap(bytes));
  }

  @Override
  public Long deserialize(String topic, Headers headers, ByteBuffer bytes) {
    return bytes == null ? null : number(bytes);
  }

  /** Exactly what {@link Long#toString} gives, so that no two texts are one key. */
  private static Long number(ByteBuffer text) {
    int at = text.position();
    int end = text.limit();
    boolean negative = at < end && text.get(at) == '-';
    int first = negative ? at + 1 : at;
    int digits = end - first;
    if (digits < 1 || digits > MOST_DIGITS || (text.get(first) == '0' && end - at > 1)) {
      return null;
    }
    long value = 0; // below zero, where there is one number more
    for (int i = first; i < end; i++) {
      int digit = text.get(i) - '0';
      if (digit < 0 || digit > 9) {
        return null;
      }
      value = value * 10 - digit;
      if (value > 0) {
        return null;
      }
    }
    return negative ? Long.valueOf(value) : positive(value);
  }

  private static Long positive(long below) {
    return below == Long.MIN_VALUE ? null : Long.valueOf(-below);
  }
}
