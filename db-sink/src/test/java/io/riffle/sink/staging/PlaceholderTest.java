package io.riffle.sink.staging;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.testing.UnsentValues;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlaceholderTest {
  private static final String TEXT = "__riffle_äöü-4711";
  private final Placeholder placeholder = new Placeholder(TEXT);

  @Test
  void isKnownInEveryFormThatDebeziumGivesIt() {
    byte[] bytes = UnsentValues.bytes(TEXT);

    assertThat(UnsentValues.texts(TEXT)).allMatch(placeholder::isIt);
    assertThat(UnsentValues.arrays(TEXT)).allMatch(placeholder::isIt);
    assertThat(placeholder.isIt(ByteBuffer.wrap(bytes))).isTrue();
    assertThat(placeholder.isIt(List.of("\\x" + HexFormat.of().formatHex(bytes)))).isTrue();
    assertThat(placeholder.isIt(UnsentValues.numbers(TEXT).stream().map(String::valueOf).toList()))
        .isTrue();
  }

  @Test
  void isNothingElse() {
    assertThat(UnsentValues.others(TEXT)).noneMatch(value -> isIt(placeholder, value));
  }

  /** A key may be the text or the byte that nothing else is. */
  @Test
  void whereEverythingIsSentNothingIsOne() {
    assertThat(UnsentValues.others(TEXT)).noneMatch(value -> isIt(Placeholder.NONE, value));
  }

  private static boolean isIt(Placeholder placeholder, Object value) {
    if (value instanceof byte[] bytes) {
      return placeholder.isIt(ByteBuffer.wrap(bytes));
    }
    return value instanceof List<?> list
        ? placeholder.isIt(list.stream().map(one -> one == null ? null : one.toString()).toList())
        : placeholder.isIt(value.toString());
  }
}
