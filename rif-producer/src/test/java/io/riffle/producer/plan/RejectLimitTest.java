package io.riffle.producer.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How many rejects a limit allows. */
final class RejectLimitTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "0, 1000000, 0",
    "100, 0, 100",
    "100, 7, 100",
    "0%, 1000, 0",
    "0.000%, 1000, 0",
    // A percentage of no records is no reject.
    "1%, 0, 0",
    "100%, 0, 0",
    // A part of a record counts as none.
    "1%, 99, 0",
    "1%, 100, 1",
    "1%, 199, 1",
    "0.5%, 1000, 5",
    "0.5%, 1199, 5",
    "33.333333%, 3, 0",
    "100%, 12, 12",
    "50%, 9223372036854775807, 4611686018427387903"
  })
  void allowsSoMany(String limit, long records, long allowed) {
    assertThat(RejectLimit.parse(limit).allowed(records)).isEqualTo(allowed);
    assertThat(RejectLimit.parse(limit)).hasToString(limit);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-1",
        "-1%",
        "1 %",
        "1.5",
        ".5%",
        "5.%",
        "100.1%",
        "101%",
        "1e2",
        "NaN",
        "ten",
        "0.1234567%",
        "9999999999999999999"
      })
  void refusesOtherTexts(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RejectLimit.parse(text))
        .withMessage(RejectLimit.RULE);
  }
}
