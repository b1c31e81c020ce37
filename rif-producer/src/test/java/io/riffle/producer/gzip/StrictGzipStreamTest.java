package io.riffle.producer.gzip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.riffle.producer.gzip.GzipException.Problem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StrictGzipStreamTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1_000, 65_536, 300_001})
  void givesBackWhatWasCompressed(int length) throws IOException {
    byte[] content = noise(length);

    assertThat(decompress(gzip(content), GzipLimits.NONE)).isEqualTo(content);
  }

  @Test
  void readsMemberAfterMember() throws IOException {
    byte[] content = noise(100_000);
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(gzip(Arrays.copyOf(content, 40_000)));
    both.writeBytes(gzip(Arrays.copyOfRange(content, 40_000, 100_000)));

    assertThat(decompress(both.toByteArray(), GzipLimits.NONE)).isEqualTo(content);
  }

  @Test
  void readsFromAStreamOfSingleBytes() throws IOException {
    byte[] content = noise(5_000);
    InputStream slow =
        new ByteArrayInputStream(gzip(content)) {
          @Override
          public synchronized int read(byte[] into, int offset, int length) {
            return super.read(into, offset, Math.min(1, length));
          }
        };

    try (InputStream in = new StrictGzipStream(slow, GzipLimits.NONE)) {
      assertThat(in.readAllBytes()).isEqualTo(content);
    }
  }

  @Test
  void refusesEveryCutAndEveryTail() throws IOException {
    byte[] whole = gzip(noise(200));
    for (int length = 0; length < whole.length; length++) {
      requireProblem(Arrays.copyOf(whole, length), GzipLimits.NONE, Problem.INVALID);
    }
    requireProblem(Arrays.copyOf(whole, whole.length + 1), GzipLimits.NONE, Problem.INVALID);
  }

  @Test
  void refusesDamage() throws IOException {
    byte[] whole = gzip(noise(20_000));
    whole[10_000] ^= 1;

    requireProblem(whole, GzipLimits.NONE, Problem.INVALID);
  }

  @Test
  void stopsAtTheLimits() throws IOException {
    byte[] bomb = gzip(new byte[20 << 20]);

    requireProblem(bomb, new GzipLimits(Long.MAX_VALUE, 200), Problem.TOO_LARGE);
    requireProblem(bomb, new GzipLimits(1 << 20, Integer.MAX_VALUE), Problem.TOO_LARGE);
    assertThat(decompress(bomb, GzipLimits.NONE)).hasSize(20 << 20);
  }

  private static void requireProblem(byte[] bytes, GzipLimits limits, Problem problem) {
    assertThatExceptionOfType(GzipException.class)
        .isThrownBy(() -> decompress(bytes, limits))
        .satisfies(e -> assertThat(e.problem()).isEqualTo(problem));
  }

  private static byte[] decompress(byte[] bytes, GzipLimits limits) throws IOException {
    try (InputStream in = new StrictGzipStream(new ByteArrayInputStream(bytes), limits)) {
      return in.readAllBytes();
    }
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content);
    }
    return bytes.toByteArray();
  }

  private static byte[] noise(int length) {
    byte[] bytes = new byte[length];
    new Random(42).nextBytes(bytes);
    return bytes;
  }
}
