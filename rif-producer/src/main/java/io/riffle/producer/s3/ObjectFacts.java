package io.riffle.producer.s3;

import java.util.Optional;

/**
 * What S3 says of an object besides its bytes.
 *
 * @param eTag with its quotes
 * @param bytes size as stored
 * @param md5 the user metadata {@code md5chksum}: Base64 of the MD5 of the content, if sent
 */
public record ObjectFacts(String eTag, long bytes, Optional<String> md5) {}
