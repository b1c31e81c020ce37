package io.riffle.producer.ccw;

import io.riffle.config.Settings;
import io.riffle.producer.manifest.ManifestKey;
import io.riffle.producer.manifest.ManifestReading;
import io.riffle.producer.source.Feed;
import io.riffle.producer.source.FileSource;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Data sets of the CCW: {@code <number>_manifest.xml} and, for real ones, a list of manifests. */
public final class CcwSource implements FileSource {

  /** The rank of synthetic data sets; real ones have 0. */
  static final int SYNTHETIC = 1;

  private static final Pattern MANIFEST = Pattern.compile("(\\d{1,18})_manifest\\.xml");
  private static final String LIST = "manifestlist.done";

  private final ManifestReader reader = new ManifestReader();

  @Override
  public String name() {
    return "ccw";
  }

  @Override
  public List<Feed> feeds(Settings settings) {
    return List.of(
        feed(settings, "scan.prefix", "Incoming/", 0),
        feed(settings, "scan.synthetic-prefix", "Synthetic/Incoming/", SYNTHETIC));
  }

  @Override
  public Optional<ManifestKey> manifestKey(Feed feed, String s3Key) {
    return ManifestKey.of(s3Key, feed.prefix(), feed.rank(), CcwSource::number);
  }

  @Override
  public ManifestReading read(ManifestKey key, byte[] content) {
    return reader.read(key, content);
  }

  /** Its name may be in any case. */
  @Override
  public boolean isManifestList(String fileName) {
    return fileName.toLowerCase(Locale.ROOT).equals(LIST);
  }

  @Override
  public Optional<List<String>> manifestList(byte[] content) {
    List<String> names =
        new String(content, StandardCharsets.UTF_8)
            .lines()
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .toList();
    return Optional.of(names).filter(all -> all.stream().allMatch(CcwSource::isManifest));
  }

  private static boolean isManifest(String fileName) {
    return MANIFEST.matcher(fileName).matches();
  }

  private static OptionalLong number(String fileName) {
    Matcher matcher = MANIFEST.matcher(fileName);
    return matcher.matches()
        ? OptionalLong.of(Long.parseLong(matcher.group(1)))
        : OptionalLong.empty();
  }

  private static Feed feed(Settings settings, String key, String prefix, int rank) {
    return new Feed(key, settings.string(key, prefix), rank);
  }
}
