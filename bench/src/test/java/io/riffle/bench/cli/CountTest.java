package io.riffle.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class CountTest {

  private final Count.Converter converter = new Count.Converter();

  @ParameterizedTest
  @CsvSource({"0, 0", "300000, 300000", "300k, 300000", "10K, 10000", "1M, 1000000", "1m, 1000000"})
  void readsNumbersAsPeopleWriteThem(String text, long expected) {
    assertThat(converter.convert(text).value()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1.5k", "k", "1G"})
  void refusesOthers(String text) {
    assertThatThrownBy(() -> converter.convert(text)).isInstanceOf(TypeConversionException.class);
  }

  @Test
  void saysWhatItExpects() {
    assertThatThrownBy(() -> converter.convert("many")).hasMessageContaining("300k");
  }
}
