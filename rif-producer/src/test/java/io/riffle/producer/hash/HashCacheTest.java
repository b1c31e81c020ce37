package io.riffle.producer.hash;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.config.Secret;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A hash that comes back as the same array was not worked out again. */
final class HashCacheTest {

  private final HashConfig config = new HashConfig(Secret.of("00ff"), 2, 2);
  private final HashCache cache = new HashCache(config);

  private byte[] hash(String text) {
    byte[] bytes = ("<" + text + ">").getBytes(StandardCharsets.UTF_8);
    return cache.of(bytes, 1, bytes.length - 1);
  }

  @Test
  void hashesThePartOfTheBytesThatIsTheText() {
    assertThat(hash("a")).isEqualTo(new KeyedHash(config).of("a")).hasSize(HashCache.DIGITS);
  }

  @Test
  void worksOutATextOnce() {
    byte[] first = hash("a");
    byte[] other = hash("ä");

    assertThat(hash("a")).isSameAs(first).isNotEqualTo(other);
    assertThat(hash("ä")).isSameAs(other);
  }

  @Test
  void forgetsTheTextThatWasNotUsedForLongest() {
    byte[] first = hash("a");
    byte[] second = hash("b");
    hash("a");
    hash("c");

    assertThat(hash("a")).isSameAs(first);
    assertThat(hash("b")).isNotSameAs(second).isEqualTo(second);
  }

  @Test
  void doesNotKeepTextsThatAreNoNumbersOfPeople() {
    byte[] first = hash("x".repeat(65));

    assertThat(hash("x".repeat(65))).isNotSameAs(first).isEqualTo(first);
  }
}
