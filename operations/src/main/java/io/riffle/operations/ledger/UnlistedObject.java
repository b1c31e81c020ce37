package io.riffle.operations.ledger;

import java.time.Instant;

/**
 * An object of the bucket that no manifest lists.
 *
 * @param key S3 key; whoever put it there chose the characters
 * @param bytes size as stored
 * @param lastModified by the clock of S3
 * @param noticedAt when the scanner first saw that nothing lists it
 */
public record UnlistedObject(String key, long bytes, Instant lastModified, Instant noticedAt) {}
