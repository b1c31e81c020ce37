package io.riffle.sink.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestPostgres;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/** What Postgres reads is the number that was meant, with the digits that were sent. */
@ExtendWith(PostgresExtension.class)
class NumericFieldTest {
  private final TestPostgres postgres;

  NumericFieldTest(TestPostgres postgres) {
    this.postgres = postgres;
  }

  @Test
  void textKeepsItsDigits() throws Exception {
    List<String> sent =
        List.of(
            "1.0",
            "-0.5",
            "007",
            "0",
            "0.00",
            "-0.0",
            "10000",
            "0.0001",
            "5.",
            ".5",
            "+3.10",
            "99999999.9999",
            "100000000",
            "-12345678901234567890.12345",
            "0.00000001");
    List<String> read =
        List.of(
            "1.0",
            "-0.5",
            "7",
            "0",
            "0.00",
            "0.0",
            "10000",
            "0.0001",
            "5",
            "0.5",
            "3.10",
            "99999999.9999",
            "100000000",
            "-12345678901234567890.12345",
            "0.00000001");

    assertThat(roundTrip(fieldsOfText(sent))).isEqualTo(read);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void randomTextIsReadAsSent(long seed) throws Exception {
    List<String> sent = random(seed).stream().map(BigDecimal::toPlainString).toList();

    assertThat(roundTrip(fieldsOfText(sent))).as("seed %s", seed).isEqualTo(sent);
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 5, 6})
  void randomUnscaledBytesAreReadAsMeant(long seed) throws Exception {
    List<BigDecimal> sent = random(seed);
    RowBuffer rows = new RowBuffer();
    for (BigDecimal number : sent) {
      byte[] unscaled = number.unscaledValue().toByteArray();
      rows.putShort(1);
      NumericField.putUnscaled(unscaled, 0, unscaled.length, number.scale(), rows);
    }

    assertThat(roundTrip(rows))
        .as("seed %s", seed)
        .isEqualTo(sent.stream().map(BigDecimal::toPlainString).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", ".", "1e5", " 1", "1,5", "1.2.3", "NaN", "٣"})
  void anythingButPlainDecimalTextIsRefused(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> NumericField.putText(bytes, 0, bytes.length, new RowBuffer()))
        .isInstanceOf(MalformedValueException.class);
  }

  private static List<BigDecimal> random(long seed) {
    Random random = new Random(seed);
    List<BigDecimal> numbers = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      BigInteger unscaled = new BigInteger(1 + random.nextInt(120), random);
      numbers.add(
          new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), random.nextInt(12)));
    }
    return numbers;
  }

  private static RowBuffer fieldsOfText(List<String> texts) throws MalformedValueException {
    RowBuffer rows = new RowBuffer();
    for (String text : texts) {
      byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
      rows.putShort(1);
      NumericField.putText(bytes, 0, bytes.length, rows);
    }
    return rows;
  }

  private List<String> roundTrip(RowBuffer rows) throws Exception {
    ByteArrayOutputStream copy = new ByteArrayOutputStream();
    copy.writeBytes("PGCOPY\n\u00ff\r\n\0\0\0\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1));
    copy.writeBytes(rows.toBytes().array());
    copy.writeBytes(new byte[] {-1, -1});
    List<String> read = new ArrayList<>();
    try (Connection connection = postgres.connect();
        var statement = connection.createStatement()) {
      statement.execute("CREATE TEMP TABLE n (id serial, n numeric)");
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn(
              "COPY n (n) FROM STDIN (FORMAT binary)",
              new ByteArrayInputStream(copy.toByteArray()));
      try (ResultSet found = statement.executeQuery("SELECT n::text FROM n ORDER BY id")) {
        while (found.next()) {
          read.add(found.getString(1));
        }
      }
    }
    return read;
  }
}
