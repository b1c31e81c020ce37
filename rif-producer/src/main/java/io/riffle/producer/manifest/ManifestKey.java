package io.riffle.producer.manifest;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The S3 key of a manifest: prefix, folder, file name, such as {@code
 * Incoming/2024-01-19T16:16:38Z/0_manifest.xml}. Instant, feed and number are the first parts of
 * the version of every record of the set.
 *
 * @param s3Key the whole key
 * @param folder the key up to the last slash, included
 * @param feed the rank of the feed that the prefix belongs to
 * @param instant the folder's name
 * @param number orders the manifests of a folder; may be larger than a version can hold
 */
public record ManifestKey(String s3Key, String folder, int feed, Instant instant, long number) {

  private static final Instant FIRST = Instant.parse("1678-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("2261-12-31T23:59:59.999999999Z");
  private static final Pattern INSTANT =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,9})?Z");

  /**
   * The manifest key that {@code s3Key} is: a file in a folder right under the prefix that is named
   * by an instant; empty for all other objects.
   *
   * @param number the number in a manifest's file name; empty for other file names
   */
  public static Optional<ManifestKey> of(
      String s3Key, String prefix, int feed, Function<String, OptionalLong> number) {
    int slash = s3Key.lastIndexOf('/');
    if (!s3Key.startsWith(prefix) || slash < prefix.length()) {
      return Optional.empty();
    }
    OptionalLong found = number.apply(s3Key.substring(slash + 1));
    String folder = s3Key.substring(0, slash + 1);
    return found.isEmpty()
        ? Optional.empty()
        : instant(s3Key.substring(prefix.length(), slash))
            .map(at -> new ManifestKey(s3Key, folder, feed, at, found.getAsLong()));
  }

  /** The file name. */
  public String fileName() {
    return s3Key.substring(folder.length());
  }

  /** Whether a version can have the instant: its nanoseconds fit into a long. */
  public boolean hasVersion() {
    return !instant.isBefore(FIRST) && !instant.isAfter(LAST);
  }

  /** Whether a version can have the number. */
  public boolean hasSequence() {
    return number >= 0 && number <= Integer.MAX_VALUE;
  }

  /** The key of a file beside the manifest. */
  public String beside(String name) {
    return folder + name;
  }

  /**
   * An instant as manifests write it: UTC, seconds and optional fraction. Java's own parser also
   * takes leap seconds and hour 24, which would give two texts one instant.
   */
  public static Optional<Instant> instant(String text) {
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
