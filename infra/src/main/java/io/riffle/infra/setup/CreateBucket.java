package io.riffle.infra.setup;

import io.riffle.operations.client.S3;
import io.riffle.operations.site.Endpoints;
import software.amazon.awssdk.services.s3.S3Client;

/** The bucket that data sets arrive in. */
final class CreateBucket implements SetupStep {
  @Override
  public String name() {
    return "create the bucket";
  }

  @Override
  public void run(Endpoints endpoints) {
    String bucket = endpoints.bucket();
    try (S3Client s3 = S3.open(endpoints)) {
      boolean exists = s3.listBuckets().buckets().stream().anyMatch(b -> b.name().equals(bucket));
      if (!exists) {
        s3.createBucket(request -> request.bucket(bucket));
      }
    }
  }
}
