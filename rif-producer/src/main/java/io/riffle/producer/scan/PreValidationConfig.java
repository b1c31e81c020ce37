package io.riffle.producer.scan;

import io.riffle.config.Settings;
import java.time.Duration;

/**
 * How synthetic data sets are checked before they are loaded.
 *
 * @param enabled whether they are
 * @param timeout most that the search for one set's ids may take; after it, the search is tried
 *     again when as much time has passed
 */
public record PreValidationConfig(boolean enabled, Duration timeout) {

  /** Reads {@code synthetic.*}. */
  static PreValidationConfig from(Settings settings) {
    return new PreValidationConfig(
        settings.bool("synthetic.pre-validation", true),
        settings.duration("synthetic.pre-validation-timeout", Duration.ofMinutes(10)));
  }
}
