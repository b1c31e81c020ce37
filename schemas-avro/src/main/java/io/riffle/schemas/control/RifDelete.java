package io.riffle.schemas.control;

/**
 * A DELETE row of a FULL file, on the raw topic of its type.
 *
 * @param key the natural key, equal to the Kafka record's key
 */
public record RifDelete(Origin origin, String key) {}
