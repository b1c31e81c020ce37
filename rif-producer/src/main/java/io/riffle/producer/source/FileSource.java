package io.riffle.producer.source;

import io.riffle.config.Settings;
import io.riffle.producer.manifest.ManifestKey;
import io.riffle.producer.manifest.ManifestReading;
import java.util.List;
import java.util.Optional;

/**
 * A source of data sets: where they arrive and what their manifests look like. Its data files are
 * RIF by their grammar, with the layouts of any family on the class path. Found by {@link
 * java.util.ServiceLoader}; made without arguments; used by one thread. docs/adding-a-source.md has
 * the steps.
 */
public interface FileSource {

  /** A short name for messages: lower-case letters, digits and dashes; unique. */
  String name();

  /** Where its data sets arrive; at least one place. Keys read here are the source's own. */
  List<Feed> feeds(Settings settings);

  /**
   * The manifest key that an object's key is; empty for all other objects. {@link ManifestKey#of}
   * knows what is the same for all sources.
   */
  Optional<ManifestKey> manifestKey(Feed feed, String s3Key);

  /**
   * Reads a manifest. Bytes from outside are hostile until shown otherwise.
   *
   * @param content at most {@link io.riffle.producer.manifest.Manifest#MAX_BYTES} bytes
   */
  ManifestReading read(ManifestKey key, byte[] content);

  /** Whether a file beside the manifests lists those that the data set consists of. */
  default boolean isManifestList(String fileName) {
    return false;
  }

  /** The names of manifests in such a list; empty when it is damaged. */
  default Optional<List<String>> manifestList(byte[] content) {
    return Optional.empty();
  }
}
