package io.riffle.producer.manifest;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A data set manifest that passed every check of its source.
 *
 * @param key where it stands; also its instant and sequence number
 * @param synthetic whether the set is of made-up people
 * @param entries its files, in manifest order; at least one
 * @param claimed the ids that a synthetic set says are its own, if it says so
 */
public record Manifest(
    ManifestKey key, boolean synthetic, List<ManifestEntry> entries, Optional<ClaimedIds> claimed) {

  /** No manifest is larger, in bytes. */
  public static final int MAX_BYTES = 1024 * 1024;

  /** No manifest has more entries. */
  public static final int MAX_ENTRIES = 10_000;

  /**
   * @throws IllegalArgumentException when the entries are not numbered from 0, or a name stands
   *     twice
   */
  public Manifest {
    entries = List.copyOf(entries);
    if (entries.isEmpty() || entries.size() > MAX_ENTRIES) {
      throw new IllegalArgumentException("a manifest has 1 to " + MAX_ENTRIES + " entries");
    }
    Set<String> names = new HashSet<>();
    for (int index = 0; index < entries.size(); index++) {
      if (entries.get(index).index() != index || !names.add(entries.get(index).name())) {
        throw new IllegalArgumentException("entry " + index + " is not numbered, or named twice");
      }
    }
  }
}
