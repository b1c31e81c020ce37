package io.riffle.cdc.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The bucket of the archive. An object is there whole or not at all. Failures are {@link
 * software.amazon.awssdk.core.exception.SdkException}s. Safe for use by several threads.
 */
public final class ArchiveStore implements AutoCloseable {
  private static final int MAX_ATTEMPTS = 6;

  private final S3Client client;
  private final String bucket;

  private ArchiveStore(S3Client client, String bucket) {
    this.client = client;
    this.bucket = bucket;
  }

  /** Connects when first used. */
  public static ArchiveStore open(ArchiveConfig config) {
    S3ClientBuilder builder =
        S3Client.builder()
            .region(Region.of(config.region()))
            .credentialsProvider(credentials(config))
            .forcePathStyle(config.pathStyle())
            .httpClientBuilder(Apache5HttpClient.builder().socketTimeout(config.timeout()))
            // Not every S3 server knows Amazon's newer checksums; the manifest has ours.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .overrideConfiguration(
                override -> override.retryStrategy(retry -> retry.maxAttempts(MAX_ATTEMPTS)));
    config.endpoint().ifPresent(builder::endpointOverride);
    return new ArchiveStore(builder.build(), config.bucket());
  }

  /** As people write where an object is. */
  String address(String key) {
    return "s3://" + bucket + "/" + key;
  }

  /** Whether the bucket is there and may be listed: else it is known before any file is due. */
  void check(String prefix) {
    client.listObjectsV2(request -> request.bucket(bucket).prefix(prefix).maxKeys(1));
  }

  void put(String key, Path file, Map<String, String> metadata) {
    client.putObject(
        request -> request.bucket(bucket).key(key).contentType("text/csv").metadata(metadata),
        file);
  }

  void put(String key, byte[] json) {
    client.putObject(
        request -> request.bucket(bucket).key(key).contentType("application/json"),
        RequestBody.fromBytes(json));
  }

  /** Keys under the prefix, in order. */
  List<String> keys(String prefix) {
    return client
        .listObjectsV2Paginator(request -> request.bucket(bucket).prefix(prefix))
        .contents()
        .stream()
        .map(S3Object::key)
        .toList();
  }

  /** An object's bytes; the caller closes the stream. */
  InputStream read(String key) {
    return client.getObject(request -> request.bucket(bucket).key(key));
  }

  byte[] whole(String key) {
    try (InputStream in = read(key)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + key, e);
    }
  }

  @Override
  public void close() {
    client.close();
  }

  private static AwsCredentialsProvider credentials(ArchiveConfig config) {
    return config
        .credentials()
        .<AwsCredentialsProvider>map(
            given ->
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(given.accessKey(), given.secretKey().reveal())))
        .orElseGet(() -> DefaultCredentialsProvider.builder().build());
  }
}
