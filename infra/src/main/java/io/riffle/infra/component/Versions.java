package io.riffle.infra.component;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Versions of the servers, from the parent pom by way of a filtered resource. */
final class Versions {
  private static final Properties VERSIONS = load();

  private Versions() {}

  static String of(String component) {
    return VERSIONS.getProperty(component);
  }

  private static Properties load() {
    Properties versions = new Properties();
    try (InputStream in = Versions.class.getResourceAsStream("versions.properties")) {
      versions.load(in);
      return versions;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
