package io.riffle.producer.scan;

import io.riffle.config.Settings;
import java.time.Duration;
import java.util.List;

/**
 * Where and how often to look.
 *
 * @param prefix of real data sets, with its slash; feed 0
 * @param syntheticPrefix of synthetic data sets, with its slash; feed 1
 * @param interval pause between two scans
 * @param window older data sets are not loaded unless an operator wants it
 */
public record ScanConfig(
    String prefix, String syntheticPrefix, Duration interval, Duration window) {

  /** A place to look: the feed is part of every record's version. */
  record Feed(String prefix, int rank) {}

  /** Reads {@code scan.*}. */
  public static ScanConfig from(Settings settings) {
    String prefix = settings.string("scan.prefix", "Incoming/");
    String synthetic = settings.string("scan.synthetic-prefix", "Synthetic/Incoming/");
    if (prefix.startsWith(synthetic) || synthetic.startsWith(prefix)) {
      settings.reject("scan.prefix", "must not contain scan.synthetic-prefix or be within it");
    }
    return new ScanConfig(
        prefix,
        synthetic,
        settings.duration("scan.interval", Duration.ofSeconds(30)),
        settings.duration("scan.window", Duration.ofDays(60)));
  }

  List<Feed> feeds() {
    return List.of(new Feed(prefix, 0), new Feed(syntheticPrefix, 1));
  }
}
