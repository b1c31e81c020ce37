package io.riffle.operations.client;

import io.riffle.operations.site.Endpoints;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Clients of the stack's S3 server. */
public final class S3 {
  private S3() {}

  /** The caller closes it. */
  public static S3Client open(Endpoints endpoints) {
    return S3Client.builder()
        .endpointOverride(endpoints.s3())
        .region(Region.of(endpoints.s3Region()))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(endpoints.s3AccessKey(), endpoints.s3SecretKey())))
        .forcePathStyle(true)
        .build();
  }
}
