package io.riffle.producer.rif;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.schemas.control.RejectReason;
import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.EmptyRule;
import io.riffle.schemas.layout.Kind;
import io.riffle.schemas.layout.Level;
import io.riffle.schemas.layout.Role;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers of more digits than a long has. */
class DecimalNumberTest {

  private static final int SCALE = 4;

  private final AvroBuffer out = new AvroBuffer(64);

  private RejectReason write(String text) {
    Column column =
        new Column(
            "WIDE",
            0,
            Level.HEADER,
            Kind.DECIMAL,
            0,
            30,
            SCALE,
            false,
            EmptyRule.NULL,
            Role.NONE,
            1,
            "");
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    PlannedColumn planned = new PlannedColumn(column, 0, false);
    return new DecimalNumber().writeBounded(bytes, 0, bytes.length, planned, out);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0.0",
        "1",
        "-1",
        "0.1",
        "-.0001",
        "12345678901234567890123456",
        "-99999999999999999999999999.9999",
        "9223372036854775808",
        "000000000000000000000000000000001.5"
      })
  void keepsEveryDigit(String text) {
    assertThat(write(text)).isNull();
    byte[] unscaled = Arrays.copyOfRange(out.bytes, 1, out.position);
    assertThat(out.bytes[0]).isEqualTo((byte) (2 * unscaled.length));
    assertThat(new BigDecimal(new BigInteger(unscaled), SCALE)).isEqualByComparingTo(text);
    assertThat(new BigInteger(unscaled).toByteArray()).isEqualTo(unscaled);
  }

  @Test
  void doesNotRoundOrCut() {
    assertThat(write("123456789012345678901234567")).isEqualTo(RejectReason.OUT_OF_RANGE);
    assertThat(write("1.00001")).isEqualTo(RejectReason.OUT_OF_RANGE);
  }
}
