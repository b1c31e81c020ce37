package io.riffle.infra.site;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/**
 * Passwords of one stack, generated once and kept in a file that only its owner reads.
 *
 * @param postgresPassword of the user {@link Endpoints#POSTGRES_USER}
 * @param s3AccessKey access key id of the S3 server
 * @param s3SecretKey its secret key
 */
public record Secrets(String postgresPassword, String s3AccessKey, String s3SecretKey) {
  private static final String POSTGRES = "postgres.password";
  private static final String ACCESS = "s3.access-key";
  private static final String SECRET = "s3.secret-key";

  /** Reads the file, or generates it. */
  public static Secrets load(Path file) {
    Map<String, String> stored = StoredProperties.read(file);
    if (stored.keySet().containsAll(Set.of(POSTGRES, ACCESS, SECRET))) {
      return new Secrets(stored.get(POSTGRES), stored.get(ACCESS), stored.get(SECRET));
    }
    Secrets fresh = new Secrets(random(16), "riffle" + random(6), random(20));
    fresh.save(file);
    return fresh;
  }

  private void save(Path file) {
    Properties properties = new Properties();
    properties.setProperty(POSTGRES, postgresPassword);
    properties.setProperty(ACCESS, s3AccessKey);
    properties.setProperty(SECRET, s3SecretKey);
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
