package io.riffle.producer.manifest;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The S3 key of a manifest: {@code Incoming/2024-01-19T16:16:38Z/0_manifest.xml}.
 *
 * @param s3Key the whole key
 * @param folder the key up to the last slash, included
 * @param feed 0 for {@code Incoming}, 1 for {@code Synthetic/Incoming}
 * @param instant the folder's name
 * @param number the file name's number; may be larger than a sequenceId can be
 */
public record ManifestKey(String s3Key, String folder, int feed, Instant instant, long number) {

  private static final Instant FIRST = Instant.parse("1678-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("2261-12-31T23:59:59.999999999Z");
  private static final Pattern FILE = Pattern.compile("(\\d{1,18})_manifest\\.xml");
  private static final Pattern INSTANT =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,9})?Z");

  /** The manifest key that {@code s3Key} is; empty for all other objects. */
  public static Optional<ManifestKey> of(String s3Key, String prefix, int feed) {
    int slash = s3Key.lastIndexOf('/');
    if (!s3Key.startsWith(prefix) || slash < prefix.length()) {
      return Optional.empty();
    }
    Matcher file = FILE.matcher(s3Key.substring(slash + 1));
    if (!file.matches()) {
      return Optional.empty();
    }
    long number = Long.parseLong(file.group(1));
    return instant(s3Key.substring(prefix.length(), slash))
        .map(at -> new ManifestKey(s3Key, s3Key.substring(0, slash + 1), feed, at, number));
  }

  /** The file name. */
  public String fileName() {
    return s3Key.substring(folder.length());
  }

  /** Whether a version can have the instant: its nanoseconds fit into a long. */
  public boolean hasVersion() {
    return !instant.isBefore(FIRST) && !instant.isAfter(LAST);
  }

  /** The key of a file beside the manifest. */
  public String beside(String name) {
    return folder + name;
  }

  /**
   * An instant as manifests write it: UTC, seconds and optional fraction. Java's own parser also
   * takes leap seconds and hour 24, which would give two texts one instant.
   */
  static Optional<Instant> instant(String text) {
    if (!INSTANT.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty(); // 30 February
    }
  }
}
