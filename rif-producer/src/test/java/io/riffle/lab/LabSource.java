package io.riffle.lab;

import io.riffle.config.Settings;
import io.riffle.producer.manifest.Manifest;
import io.riffle.producer.manifest.ManifestEntry;
import io.riffle.producer.manifest.ManifestKey;
import io.riffle.producer.manifest.ManifestReading;
import io.riffle.producer.manifest.ManifestReading.Accepted;
import io.riffle.producer.manifest.ManifestReading.Refused;
import io.riffle.producer.manifest.Refusal;
import io.riffle.producer.source.Feed;
import io.riffle.producer.source.FileSource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Laboratory results: {@code Labs/<instant>/files.list} has a file name and a type a line. */
public final class LabSource implements FileSource {

  private static final String MERGE = "_MERGE";

  @Override
  public String name() {
    return "lab";
  }

  @Override
  public List<Feed> feeds(Settings settings) {
    String setting = "scan.lab-prefix";
    return List.of(new Feed(setting, settings.string(setting, "Labs/"), 10));
  }

  @Override
  public Optional<ManifestKey> manifestKey(Feed feed, String s3Key) {
    return ManifestKey.of(
        s3Key,
        feed.prefix(),
        feed.rank(),
        name -> name.equals("files.list") ? OptionalLong.of(0) : OptionalLong.empty());
  }

  @Override
  public ManifestReading read(ManifestKey key, byte[] content) {
    List<ManifestEntry> entries = new ArrayList<>();
    for (String line : new String(content, StandardCharsets.UTF_8).lines().toList()) {
      String[] words = line.split(" ", -1);
      if (words.length != 2 || !words[1].startsWith("LAB_RESULT")) {
        String detail = key.fileName() + ", line " + (entries.size() + 1) + ": not name and type";
        return new Refused(Refusal.MANIFEST_SYNTAX, detail);
      }
      boolean merge = words[1].endsWith(MERGE);
      String type = merge ? words[1].substring(0, words[1].length() - MERGE.length()) : words[1];
      entries.add(new ManifestEntry(entries.size(), words[0], type, merge));
    }
    return new Accepted(new Manifest(key, false, entries, Optional.empty()));
  }
}
