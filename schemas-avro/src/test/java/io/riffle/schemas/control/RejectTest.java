package io.riffle.schemas.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RejectTest {

  @Test
  void keepsNoMoreThanAMebibyteWhoeverMakesIt() {
    int length = Reject.MAX_RAW + 17;

    Reject reject = reject(ByteBuffer.allocate(length));

    assertThat(reject.raw().remaining()).isEqualTo(1024 * 1024);
    assertThat(reject.rawBytes()).hasValue((long) length);
  }

  @Test
  void doesNotShowTheRecord() {
    assertThat(reject(ByteBuffer.wrap("secret".getBytes(StandardCharsets.UTF_8))))
        .hasToString("Reject[SINK, PDE, line 9, CHECK_VIOLATION]");
  }

  @ParameterizedTest
  @CsvSource({
    "23502,NOT_NULL_VIOLATION",
    "23514,CHECK_VIOLATION",
    "23P01,INTEGRITY_VIOLATION",
    "22001,DATA_EXCEPTION",
    "21000,REFUSED_BY_DATABASE"
  })
  void saysInWordsWhatAnSqlStateMeans(String sqlState, RejectReason reason) {
    assertThat(RejectReason.ofSqlState(sqlState)).isEqualTo(reason);
  }

  @Test
  void everyReasonIsExplained() throws IOException {
    String page = Files.readString(Path.of("../docs/rejects.md"));

    assertThat(RejectReason.values())
        .allSatisfy(reason -> assertThat(page).contains(reason.name()));
  }

  private static Reject reject(ByteBuffer raw) {
    return new Reject(
        Optional.of(1L),
        1,
        "PDE",
        Reject.Stage.SINK,
        8,
        9,
        1,
        9,
        Optional.empty(),
        RejectReason.CHECK_VIOLATION.name(),
        Optional.of("main.merged.pde"),
        0,
        3,
        raw,
        Optional.of((long) raw.remaining()),
        Optional.of("23514"));
  }
}
