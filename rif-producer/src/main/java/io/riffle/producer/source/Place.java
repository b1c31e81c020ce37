package io.riffle.producer.source;

import io.riffle.producer.manifest.Manifest;
import io.riffle.producer.manifest.ManifestKey;
import io.riffle.producer.manifest.ManifestReading;
import io.riffle.producer.manifest.ManifestReading.Accepted;
import io.riffle.producer.manifest.ManifestReading.Refused;
import io.riffle.producer.manifest.Refusal;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A feed and the source that reads it. */
public record Place(FileSource source, Feed feed) {

  private static final Logger log = LoggerFactory.getLogger(Place.class);

  /** The manifest key that an object's key is; empty for all other objects. */
  public Optional<ManifestKey> manifestKey(String s3Key) {
    return source.manifestKey(feed, s3Key);
  }

  /** Reads a manifest: first what holds for all sources, then the source's own form. */
  public ManifestReading read(ManifestKey key, byte[] content) {
    if (content.length > Manifest.MAX_BYTES) {
      String detail = key.fileName() + ": more than " + Manifest.MAX_BYTES + " bytes";
      return new Refused(Refusal.MANIFEST_SIZE, detail);
    }
    if (!key.hasVersion()) {
      String detail = ": the folder's instant is not within the years 1678 to 2261";
      return new Refused(Refusal.MANIFEST_TIMESTAMP, key.fileName() + detail);
    }
    ManifestReading reading = readByItsForm(key, content);
    if (reading instanceof Accepted && !key.hasSequence()) {
      String detail = key.fileName() + ": its number is more than " + Integer.MAX_VALUE;
      return new Refused(Refusal.MANIFEST_INVALID, detail, reading.named());
    }
    return reading;
  }

  /** A source that fails on one manifest must not hold up the others, nor other sources. */
  private ManifestReading readByItsForm(ManifestKey key, byte[] content) {
    try {
      return Objects.requireNonNull(source.read(key, content), "no reading");
    } catch (RuntimeException e) {
      log.atError()
          .addKeyValue("source", source.name())
          .addKeyValue("s3Key", key.s3Key())
          .setCause(e)
          .log("a file source failed on a manifest");
      String detail = key.fileName() + ": source " + source.name() + " failed to read it";
      return new Refused(Refusal.MANIFEST_INVALID, detail);
    }
  }
}
