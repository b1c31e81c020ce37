package io.riffle.operations.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SetNameTest {
  @Test
  void selectsTheDatabase() {
    assertThat(SetName.MAIN.database()).isEqualTo("riffle_main");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Main", "1st", "a-b", "a\"b", "a/b", "abcdefghijklmnopqrstuvwxyz_01234"})
  void refusesWhatWouldNotDoAsAPrefix(String text) {
    assertThatThrownBy(() -> new SetName(text)).isInstanceOf(StackException.class);
  }
}
