package io.riffle.config;

import java.util.Objects;

/**
 * One thing wrong with the configuration.
 *
 * @param key the key as written in the file, or the name of the file itself
 * @param value the offending value, empty when there is none or when it is secret
 * @param reason what is expected instead
 */
public record ConfigProblem(String key, String value, String reason) {
  public ConfigProblem {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(reason, "reason");
  }

  @Override
  public String toString() {
    return value.isEmpty() ? key + ": " + reason : key + " = " + value + ": " + reason;
  }
}
