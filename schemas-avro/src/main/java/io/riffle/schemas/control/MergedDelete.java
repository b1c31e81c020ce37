package io.riffle.schemas.control;

/**
 * The removal of a key, on the merged topic of its type.
 *
 * @param deleted version of the DELETE
 * @param key the natural key, equal to the Kafka record's key
 */
public record MergedDelete(Origin origin, Version deleted, String key) {}
