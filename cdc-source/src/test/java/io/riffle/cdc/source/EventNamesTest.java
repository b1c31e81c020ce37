package io.riffle.cdc.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** As Debezium 3.6.3 has been seen to do it. */
class EventNamesTest {
  @Test
  void fieldsAreWhatAvroCanHave() {
    assertThat(EventNames.field("a.b")).isEqualTo("a_b");
    assertThat(EventNames.field("1a")).isEqualTo("_1a");
    assertThat(EventNames.field("grün")).isEqualTo("gr_n");
    assertThat(EventNames.field("\uD83D\uDE00")).isEqualTo("__");
    assertThat(EventNames.field("$x")).isEqualTo("_x");
  }

  @Test
  void partsOfTopicsKeepHyphens() {
    assertThat(EventNames.topicPart("Odd Name-1")).isEqualTo("Odd_Name-1");
  }
}
