package io.riffle.infra.site;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Properties;

/**
 * The name under which all programs of one stack hold the lease of their database: made up once and
 * kept, so that a stack that comes back is the one it was.
 */
public final class Deployment {
  private static final String KEY = "deployment";
  private static final int BYTES = 4;

  private Deployment() {}

  /** Reads the name, or makes one up. */
  public static String load(Path file) {
    Map<String, String> stored = StoredProperties.read(file);
    String name = stored.getOrDefault(KEY, "");
    return name.isBlank() ? create(file) : name;
  }

  private static String create(Path file) {
    byte[] noise = new byte[BYTES];
    new SecureRandom().nextBytes(noise);
    String name = "local-" + HexFormat.of().formatHex(noise);
    Properties properties = new Properties();
    properties.setProperty(KEY, name);
    StoredProperties.write(file, properties, "rw-r--r--");
    return name;
  }
}
