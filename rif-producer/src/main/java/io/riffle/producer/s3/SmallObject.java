package io.riffle.producer.s3;

import java.util.Optional;

/**
 * A whole object.
 *
 * @param md5 the user metadata {@code md5chksum}: Base64 of the MD5 of the content, if sent
 */
public record SmallObject(byte[] content, Optional<String> md5) {}
