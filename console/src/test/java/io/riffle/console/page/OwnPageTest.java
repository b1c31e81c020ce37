package io.riffle.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class OwnPageTest {

  @ParameterizedTest
  @ValueSource(strings = {"/", "/files?key=a%20b", "/rejects/1"})
  void ofOurs(String to) {
    assertThat(OwnPage.of(to)).isEqualTo(to);
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(
      strings = {
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "/a\nb",
        "files",
        "/sign-out",
        "/sign-in?to=/sign-in"
      })
  void orTheFirst(String to) {
    assertThat(OwnPage.of(to)).isEqualTo("/");
  }
}
