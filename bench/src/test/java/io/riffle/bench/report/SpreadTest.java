package io.riffle.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SpreadTest {

  @Test
  void theMedianOfAnOddNumberIsTheMiddleOne() {
    assertThat(Spread.of(9, 1, 4)).isEqualTo(new Spread(4, 1, 9));
    assertThat(Spread.of(7)).isEqualTo(new Spread(7, 7, 7));
  }

  @Test
  void theMedianOfAnEvenNumberLiesBetweenTheMiddleTwo() {
    assertThat(Spread.of(4, 1, 2, 100)).isEqualTo(new Spread(3, 1, 100));
  }

  @Test
  void figuresHaveThreeDecimals() {
    assertThat(Spread.of(1 / 3.0)).isEqualTo(new Spread(0.333, 0.333, 0.333));
  }

  @Test
  void noFiguresAreAnError() {
    assertThatThrownBy(Spread::of).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void isPrintedTheSameEverywhere() {
    assertThat(Spread.of(1234.5, 0.25, 2000).text(1)).isEqualTo("1,234.5 (0.3-2,000.0)");
  }
}
