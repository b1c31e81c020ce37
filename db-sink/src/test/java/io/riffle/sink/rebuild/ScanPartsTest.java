package io.riffle.sink.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the first pass is made of: keys, their last offsets, sets of offsets. */
class ScanPartsTest {
  private static final long SEED = 7;

  @Test
  void lastOffsetsAreThoseOfAMap() {
    Random random = new Random(SEED);
    Map<Long, Integer> expected = new HashMap<>();
    LastOffsets last = new LastOffsets();
    for (int offset = 0; offset < 50_000; offset++) {
      long key = random.nextInt(20_000) - 10_000L;
      Integer before = expected.put(key, offset);
      assertThat(last.put(key, offset)).isEqualTo(before == null ? LastOffsets.NONE : before);
    }
    assertThat(last.size()).isEqualTo(expected.size());
    expected.forEach((key, offset) -> assertThat(last.get(key)).isEqualTo(offset));
    assertThat(last.get(Long.MAX_VALUE)).isEqualTo(LastOffsets.NONE);
  }

  @Test
  void offsetsStayWhatTheyAreAsBytes() {
    OffsetSet some = new OffsetSet(1_000_000_007L, 1_000_000_200L);
    OffsetSet fewer = new OffsetSet(1_000_000_007L, 1_000_000_200L);
    for (long offset = 1_000_000_007L; offset < 1_000_000_200L; offset += 3) {
      some.add(offset);
    }
    fewer.add(1_000_000_010L);
    some.remove(1_000_000_007L);

    OffsetSet read = OffsetSet.of(1_000_000_007L, some.without(fewer).toBytes());

    assertThat(some.size()).isEqualTo(64);
    assertThat(read.size()).isEqualTo(63);
    assertThat(read.contains(1_000_000_010L)).isFalse();
    assertThat(read.contains(1_000_000_013L)).isTrue();
    assertThat(read.contains(1_000_000_014L)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 7, -7, 10, -4_611_686_018_427_387_904L, Long.MAX_VALUE, Long.MIN_VALUE})
  void aKeyIsItsDigits(long key) {
    assertThat(key(Long.toString(key))).isEqualTo(key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "-0",
        "007",
        "+7",
        "7 ",
        "barrier/1/1/0",
        "9223372036854775808",
        "-9223372036854775809",
        "99999999999999999999"
      })
  void otherTextIsNoKey(String text) {
    assertThat(key(text)).isNull();
  }

  private static Long key(String text) {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    try (NumberKey keys = new NumberKey()) {
      return keys.deserialize("t", new RecordHeaders(), bytes);
    }
  }
}
