package io.riffle.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.console.html.Html;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SparklineTest {
  private static final double GAP = Double.NaN;

  private static String path(double... values) {
    return Html.document(Sparkline.of("lag", values)).replaceAll("(?s).* d=\"([^\"]*)\".*", "$1");
  }

  @Test
  void drawsNothingOfOneValue() {
    assertThat(Html.document(Sparkline.of("lag", new double[] {1}))).doesNotContain("svg");
  }

  @Test
  void drawsOneLineOfAll() {
    assertThat(path(0, 2, 1)).isEqualTo("M0 22L60 2L120 12");
  }

  @Test
  void drawsNoLineOverAGap() {
    assertThat(path(1, 1, GAP, 1, 1)).isEqualTo("M0 2L30 2M90 2L120 2");
    assertThat(path(1, GAP, 1)).as("what stands alone is a dot").isEqualTo("M0 2h1M120 2h1");
  }

  /** Peaks stay, and gaps that are wide enough. */
  @Test
  void takesTheHighestOfAFew() {
    double[] many = new double[600];
    Arrays.fill(many, 1);
    many[305] = 4;
    Arrays.fill(many, 400, 500, GAP);

    assertThat(path(many)).startsWith("M0 17L2 17").contains("L61 2L", "M101 17");
  }
}
