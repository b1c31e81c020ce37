package io.riffle.producer.manifest;

import java.util.List;

/**
 * A data set manifest that passed every check.
 *
 * @param key where it stands; also its instant and sequence number
 * @param synthetic the attribute syntheticData
 * @param entries its files, in manifest order; at least one
 */
public record Manifest(ManifestKey key, boolean synthetic, List<ManifestEntry> entries) {
  public Manifest {
    entries = List.copyOf(entries);
  }
}
