package io.riffle.producer.s3;

import java.time.Instant;

/**
 * An object as a listing shows it.
 *
 * @param eTag with its quotes, as S3 gives it
 * @param bytes size as stored
 * @param lastModified by the clock of S3; the far future where a server does not say
 */
public record ListedObject(String key, String eTag, long bytes, Instant lastModified) {}
