package io.riffle.producer.s3;

/**
 * An object as a listing shows it.
 *
 * @param eTag with its quotes, as S3 gives it
 * @param bytes size as stored
 */
public record ListedObject(String key, String eTag, long bytes) {}
