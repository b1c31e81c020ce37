package io.riffle.producer.manifest;

/** What came of reading a manifest. */
public sealed interface ManifestReading {

  /** It passed every check. */
  record Accepted(Manifest manifest) implements ManifestReading {}

  /**
   * It cannot be loaded.
   *
   * @param detail names the manifest, the line where known, and the attribute or element
   */
  record Refused(Refusal reason, String detail) implements ManifestReading {}
}
