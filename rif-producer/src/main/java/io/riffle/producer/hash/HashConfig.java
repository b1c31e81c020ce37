package io.riffle.producer.hash;

import io.riffle.config.Secret;
import io.riffle.config.Settings;
import java.util.HexFormat;

/**
 * How Medicare numbers are hashed. Rows are found by these hashes, so all processes of all sets
 * that fill one database, and whoever looks people up in it, need the same pepper and iterations.
 *
 * @param pepper the salt of every hash, in hexadecimal digits
 * @param iterations rounds of one hash; below 1,000 for tests only
 * @param cacheSize most hashes that a worker remembers
 */
public record HashConfig(Secret pepper, int iterations, int cacheSize) {

  private static final String PEPPER = "hash.pepper";
  private static final String ITERATIONS = "hash.iterations";
  private static final int LEAST_SAFE = 1000;
  private static final int MAX_ITERATIONS = 10_000_000;
  private static final int MAX_CACHED = 10_000_000;

  /** Reads the {@code hash.*} keys. */
  public static HashConfig from(Settings settings) {
    settings.string(ITERATIONS); // without it the number below would have a default
    int iterations = settings.integer(ITERATIONS, 1, 1, MAX_ITERATIONS);
    settings
        .secret(PEPPER)
        .filter(pepper -> !isHexadecimal(pepper.reveal()))
        .ifPresent(
            pepper -> settings.reject(PEPPER, "must be hexadecimal digits, two for each byte"));
    return new HashConfig(
        settings.requiredSecret(PEPPER),
        iterations,
        settings.integer("hash.cache-size", 50_000, 1, MAX_CACHED));
  }

  /** Whether the hashes are easily undone by trying all numbers: good enough for tests only. */
  public boolean isWeak() {
    return iterations < LEAST_SAFE;
  }

  private static boolean isHexadecimal(String text) {
    return !text.isEmpty()
        && text.length() % 2 == 0
        && text.chars().allMatch(HexFormat::isHexDigit);
  }

  /** The pepper's bytes. */
  byte[] salt() {
    return HexFormat.of().parseHex(pepper.reveal());
  }
}
