package io.riffle.producer.manifest;

/**
 * A file of a data set.
 *
 * @param index position in the manifest, from 0
 * @param name file name within the manifest's folder
 * @param type the base type, such as {@code CARRIER}
 * @param merge whether the entry's type has the suffix {@code _MERGE}
 */
public record ManifestEntry(int index, String name, String type, boolean merge) {}
