package io.riffle.operations.doctor;

import io.riffle.operations.client.S3;
import io.riffle.operations.site.Endpoints;
import java.time.Clock;
import java.util.List;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The bucket where data sets arrive: there, readable, its clock. */
final class S3Examination implements Examination {
  private static final String INCOMING = "Incoming/";

  private final Endpoints endpoints;
  private final ClockSkew skew;

  S3Examination(Endpoints endpoints, Clock clock) {
    this.endpoints = endpoints;
    this.skew = new ClockSkew(clock);
  }

  @Override
  public String part() {
    return "S3";
  }

  @Override
  public String whenSilent() {
    return "is the server at " + endpoints.s3() + " up, and are key and secret right?";
  }

  @Override
  public void examine(Findings findings) {
    try (S3Client s3 = S3.open(endpoints)) {
      HeadBucketResponse bucket = s3.headBucket(head -> head.bucket(endpoints.bucket()));
      findings.ok("bucket " + endpoints.bucket() + " answers at " + endpoints.s3());
      skew.check(findings, bucket.sdkHttpResponse().firstMatchingHeader("Date"));
      read(s3, findings);
    } catch (NoSuchBucketException e) {
      findings.fail("there is no bucket " + endpoints.bucket(), "make it, or name another one");
    }
  }

  /** Rights are tried: a list, and the head of one object. */
  private void read(S3Client s3, Findings findings) {
    ListObjectsV2Response list =
        s3.listObjectsV2(ask -> ask.bucket(endpoints.bucket()).prefix(INCOMING).maxKeys(1));
    List<S3Object> found = list.contents();
    if (found.isEmpty()) {
      findings.ok(INCOMING + " can be listed, and has nothing");
      return;
    }
    s3.headObject(head -> head.bucket(endpoints.bucket()).key(found.get(0).key()));
    findings.ok(INCOMING + " can be listed and read");
  }
}
