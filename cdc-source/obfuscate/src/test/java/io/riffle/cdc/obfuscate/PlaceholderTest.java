package io.riffle.cdc.obfuscate;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.testing.UnsentValues;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlaceholderTest {
  private static final String TEXT = "__riffle_äöü-4711";
  private final Placeholder placeholder = new Placeholder(TEXT);

  @Test
  void isKnownInEveryFormThatDebeziumGivesIt() {
    byte[] bytes = UnsentValues.bytes(TEXT);

    assertThat(UnsentValues.texts(TEXT)).allMatch(placeholder::is);
    assertThat(UnsentValues.arrays(TEXT)).allMatch(placeholder::is);
    assertThat(placeholder.is(bytes)).isTrue();
    assertThat(placeholder.is(ByteBuffer.wrap(bytes))).isTrue();
    assertThat(placeholder.is(List.of(bytes))).isTrue();
    assertThat(placeholder.is(List.of(ByteBuffer.wrap(bytes)))).isTrue();
    assertThat(placeholder.is(UnsentValues.numbers(TEXT))).isTrue();
  }

  @Test
  void isNothingElse() {
    assertThat(UnsentValues.others(TEXT)).noneMatch(placeholder::is);
  }

  @Test
  void whereEverythingIsSentNothingIsOne() {
    assertThat(UnsentValues.others(TEXT)).noneMatch(Placeholder.NONE::is);
    assertThat(UnsentValues.texts(TEXT)).noneMatch(Placeholder.NONE::is);
  }
}
