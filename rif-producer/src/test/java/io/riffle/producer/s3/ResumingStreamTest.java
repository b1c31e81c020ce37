package io.riffle.producer.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkClientException;

final class ResumingStreamTest {

  private static final byte[] CONTENT =
      "0123456789".getBytes(java.nio.charset.StandardCharsets.UTF_8);

  private final List<Long> requests = new ArrayList<>();

  @Test
  void goesOnBehindTheLastByteWhenABodyBreaksOff() throws IOException {
    try (InputStream in = stream(2, 9, 3)) {
      assertThat(in.readAllBytes()).asString().isEqualTo("2345678");
    }
    assertThat(requests).containsExactly(2L, 5L, 8L);
  }

  @Test
  void triesAgainWhenARequestFails() throws IOException {
    ResumingStream.Opening failing =
        (from, to) -> {
          requests.add(from);
          if (requests.size() < 3) {
            throw SdkClientException.create("reset");
          }
          return body(from, to);
        };
    try (InputStream in = new ResumingStream("key", 0, 10, failing)) {
      assertThat(in.readAllBytes()).isEqualTo(CONTENT);
    }
    assertThat(requests).containsExactly(0L, 0L, 0L);
  }

  @Test
  void givesUpWhenNothingComes() throws IOException {
    try (InputStream in = stream(0, 10, 0)) {
      assertThatThrownBy(in::read).isInstanceOf(IOException.class).hasMessageContaining("6 times");
    }
  }

  @Test
  void leavesAChangedObjectAlone() throws IOException {
    ResumingStream.Opening changed =
        (from, to) -> {
          requests.add(from);
          throw new ObjectChangedException("key");
        };
    try (InputStream in = new ResumingStream("key", 0, 10, changed)) {
      assertThatThrownBy(in::read).isInstanceOf(ObjectChangedException.class);
    }
    assertThat(requests).hasSize(1);
  }

  /** Every body ends after so many bytes, as if the connection had. */
  private InputStream stream(long start, long end, int bytesPerBody) {
    return new ResumingStream(
        "key",
        start,
        end,
        (from, to) -> {
          requests.add(from);
          return body(from, Math.min(to, from + bytesPerBody));
        });
  }

  private static ResponseInputStream<String> body(long from, long to) {
    return new ResponseInputStream<>(
        "", new ByteArrayInputStream(CONTENT, (int) from, (int) (to - from)));
  }
}
