package io.riffle.infra.site;

import io.riffle.operations.site.Endpoints;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Passwords and the pepper of one stack, generated once and kept in a file that only its owner
 * reads.
 *
 * @param postgresPassword of the user {@link Endpoints#POSTGRES_USER}
 * @param s3AccessKey access key id of the S3 server
 * @param s3SecretKey its secret key
 * @param hashPepper salt of the hashes of Medicare numbers, in hexadecimal digits
 * @param consolePassword of the console's user admin
 */
public record Secrets(
    String postgresPassword,
    String s3AccessKey,
    String s3SecretKey,
    String hashPepper,
    String consolePassword) {
  private static final String POSTGRES = "postgres.password";
  private static final String ACCESS = "s3.access-key";
  private static final String SECRET = "s3.secret-key";
  private static final String PEPPER = "hash.pepper";
  private static final String CONSOLE = "console.password";

  private static final Map<String, Supplier<String>> MISSING =
      Map.of(
          POSTGRES, () -> random(16),
          ACCESS, () -> "riffle" + random(6),
          SECRET, () -> random(20),
          PEPPER, () -> random(32),
          CONSOLE, () -> random(10));

  /** Reads the file, and generates what it lacks: servers and rows hold on to what it has. */
  public static Secrets load(Path file) {
    Map<String, String> stored = StoredProperties.read(file);
    Map<String, String> all = new TreeMap<>(stored);
    MISSING.forEach((name, fresh) -> all.computeIfAbsent(name, missing -> fresh.get()));
    if (!all.equals(stored)) {
      save(all, file);
    }
    return new Secrets(
        all.get(POSTGRES), all.get(ACCESS), all.get(SECRET), all.get(PEPPER), all.get(CONSOLE));
  }

  private static void save(Map<String, String> all, Path file) {
    Properties properties = new Properties();
    properties.putAll(all);
    StoredProperties.write(file, properties, "rw-------");
  }

  private static String random(int bytes) {
    byte[] noise = new byte[bytes];
    new SecureRandom().nextBytes(noise);
    return HexFormat.of().formatHex(noise);
  }

  @Override
  public String toString() {
    return "Secrets[***]";
  }
}
