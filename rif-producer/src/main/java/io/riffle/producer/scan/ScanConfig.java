package io.riffle.producer.scan;

import io.riffle.config.Settings;
import io.riffle.producer.source.FileSources;
import java.time.Duration;
import java.util.Optional;

/**
 * Where and how often to look.
 *
 * @param sources where data sets arrive
 * @param interval pause between two scans
 * @param window older data sets are not loaded unless an operator wants it
 * @param deployment which plans only when it is its turn to load; empty: always
 * @param unlistedAfter how long an object may lie there before somebody is told that no manifest
 *     lists it; senders put objects before their manifest
 * @param preValidation how synthetic data sets are checked before they are loaded
 */
public record ScanConfig(
    FileSources sources,
    Duration interval,
    Duration window,
    Optional<String> deployment,
    Duration unlistedAfter,
    PreValidationConfig preValidation) {

  /** Reads {@code scan.*}, {@code synthetic.*}, {@code deployment} and what the sources read. */
  public static ScanConfig from(Settings settings) {
    return new ScanConfig(
        FileSources.from(settings),
        settings.duration("scan.interval", Duration.ofSeconds(30)),
        settings.duration("scan.window", Duration.ofDays(60)),
        Optional.of(settings.string("deployment", "")).filter(name -> !name.isBlank()),
        settings.duration("scan.unlisted-after", Duration.ofHours(1)),
        PreValidationConfig.from(settings));
  }
}
