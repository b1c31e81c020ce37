package io.riffle.producer.hash;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.config.Secret;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Check values were worked out by another implementation of PBKDF2. */
final class KeyedHashTest {

  private static final Secret PEPPER = Secret.of("6e6f747468657265616c706570706572");
  private static final int CACHED = 2;

  private static String hash(String text, int iterations) {
    return text(new KeyedHash(new HashConfig(PEPPER, iterations, CACHED)).of(text));
  }

  private static String text(byte[] digits) {
    return new String(digits, StandardCharsets.US_ASCII);
  }

  @Test
  void hasTheKnownHashOfAFormerMedicareNumber() {
    assertThat(hash("123456789A", 1000))
        .isEqualTo("d95a418b0942c7910fb1d0e84f900fe12e5a7fd74f312fa10730cc0fda230e9a");
  }

  @Test
  void hasTheKnownHashOfAMedicareNumber() {
    assertThat(hash("3456789", 1000))
        .isEqualTo("ec49dc08f8dd8b4e189f623ab666cfc8b81f201cc94fe6aef860a4c3bd57f278");
  }

  @Test
  void countsIterations() {
    assertThat(hash("3456789", 2))
        .isEqualTo("82273caf4d2c3b5a8340190ae3575950957ce469e593efd7736d60c3b39d253c");
  }

  @Test
  void hashesTheUtf8BytesOfOtherCharacters() {
    assertThat(hash("Grüße 漢😀", 1000))
        .isEqualTo("a29af4c11677504a30743f620fb3fc87b6d21349e1229a534f405ae81f55f399");
  }

  @Test
  void hashesABlankAsItStands() {
    assertThat(hash(" ", 2))
        .isEqualTo("3eba0a1f40018598d70b05257e4d308b1630f704caec2966bb4089a5f543f324");
  }

  @Test
  void hashesTextsLongerThanABlockOfTheDigest() {
    assertThat(hash("x".repeat(200), 2))
        .isEqualTo("ed7f886fe6547a1be25dc765c2cd4cd68689ea63324cf41b3b66e6e064a44c27");
  }

  @Test
  void readsThePepperInEitherCase() {
    HashConfig upper = new HashConfig(Secret.of("6E6F747468657265616C706570706572"), 2, CACHED);

    assertThat(text(new KeyedHash(upper).of("3456789"))).isEqualTo(hash("3456789", 2));
  }

  @Test
  void tellsIterationsThatAreForTestsOnly() {
    assertThat(new HashConfig(PEPPER, 999, CACHED).isWeak()).isTrue();
    assertThat(new HashConfig(PEPPER, 1000, CACHED).isWeak()).isFalse();
  }

  @Test
  void keepsThePepperOutOfLogs() {
    assertThat(new HashConfig(PEPPER, 2, CACHED).toString()).doesNotContain(PEPPER.reveal());
  }
}
