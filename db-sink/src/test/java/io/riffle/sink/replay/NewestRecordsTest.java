package io.riffle.sink.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys of topics, and the newest record of each. */
class NewestRecordsTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void findsWhatAMapFinds(long seed) {
    Random random = new Random(seed);
    NewestRecords newest = new NewestRecords();
    Map<Long, Long> expected = new TreeMap<>();
    for (long offset = 0; offset < 50_000; offset += 1 + random.nextInt(3)) {
      long key = random.nextBoolean() ? -random.nextInt(9_000) : random.nextLong(1L << 40);
      newest.saw(key, offset);
      expected.put(key, offset);
    }

    assertThat(newest.offsets())
        .as("seed %d", seed)
        .containsExactly(expected.values().stream().mapToLong(Long::longValue).sorted().toArray());
  }

  @Test
  void keysAreNumbersAndNothingElse() {
    assertThat(parse("-100000486")).hasValue(-100000486);
    assertThat(parse("0")).hasValue(0);
    assertThat(parse(Long.toString(Long.MIN_VALUE))).hasValue(Long.MIN_VALUE);
    assertThat(parse("99999999999999999999")).isEmpty();
    assertThat(parse("barrier/1/1/0")).isEmpty();
    assertThat(parse("-")).isEmpty();
    assertThat(parse("")).isEmpty();
    assertThat(RecordKey.parse(null)).isEmpty();
  }

  private static OptionalLong parse(String text) {
    return RecordKey.parse(text.getBytes(StandardCharsets.UTF_8));
  }
}
