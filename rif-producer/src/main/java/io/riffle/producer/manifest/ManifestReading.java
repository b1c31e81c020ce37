package io.riffle.producer.manifest;

import java.util.Set;
import java.util.stream.Collectors;

/** What came of reading a manifest. */
public sealed interface ManifestReading {

  /** The file names that it gives its entries, as far as they can be told. */
  Set<String> named();

  /** It passed every check. */
  record Accepted(Manifest manifest) implements ManifestReading {
    @Override
    public Set<String> named() {
      return manifest.entries().stream()
          .map(ManifestEntry::name)
          .collect(Collectors.toUnmodifiableSet());
    }
  }

  /**
   * It cannot be loaded.
   *
   * @param detail names the manifest, the line where known, and the attribute or element
   * @param named file names of entries that can be told in spite of what is wrong: their objects
   *     are not taken for ones that nobody lists
   */
  record Refused(Refusal reason, String detail, Set<String> named) implements ManifestReading {

    public Refused {
      named = Set.copyOf(named);
    }

    /** Refused without a look at its entries. */
    public Refused(Refusal reason, String detail) {
      this(reason, detail, Set.of());
    }
  }
}
