package io.riffle.producer.ledger;

import java.time.Instant;

/**
 * An object that no manifest lists.
 *
 * @param bytes size as stored
 * @param lastModified by the clock of S3
 */
public record UnlistedObject(String s3Key, long bytes, Instant lastModified) {}
