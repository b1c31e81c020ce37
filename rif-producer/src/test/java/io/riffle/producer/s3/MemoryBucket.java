package io.riffle.producer.s3;

import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** A bucket of one object, for tests that read millions of them. */
public final class MemoryBucket implements S3Client {

  private final byte[] content;
  private final Map<String, String> metadata;

  private MemoryBucket(byte[] content, Optional<String> md5) {
    this.content = content.clone();
    this.metadata = md5.map(sum -> Map.of("md5chksum", sum)).orElse(Map.of());
  }

  /** A store that has the object under every key. */
  public static ObjectStore of(byte[] content, Optional<String> md5) {
    return new ObjectStore(new MemoryBucket(content, md5), "memory");
  }

  @Override
  public HeadObjectResponse headObject(HeadObjectRequest request) {
    return HeadObjectResponse.builder()
        .eTag("\"1\"")
        .contentLength((long) content.length)
        .metadata(metadata)
        .build();
  }

  @Override
  public ResponseInputStream<GetObjectResponse> getObject(GetObjectRequest request) {
    String[] range = request.range().substring("bytes=".length()).split("-", -1);
    byte[] part =
        Arrays.copyOfRange(content, Integer.parseInt(range[0]), Integer.parseInt(range[1]) + 1);
    return new ResponseInputStream<>(
        GetObjectResponse.builder().build(),
        AbortableInputStream.create(new ByteArrayInputStream(part)));
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
