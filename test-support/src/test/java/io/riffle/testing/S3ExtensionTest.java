package io.riffle.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.sync.RequestBody;

@ExtendWith(S3Extension.class)
class S3ExtensionTest {

  @Test
  void storesObjectsWithMetadataAndReadsRanges(TestS3 s3) {
    String bucket = s3.freshBucket();
    s3.client()
        .putObject(
            request ->
                request.bucket(bucket).key("Incoming/a.rif").metadata(java.util.Map.of("md5", "x")),
            RequestBody.fromString("0123456789"));
    var part =
        s3.client()
            .getObjectAsBytes(
                request -> request.bucket(bucket).key("Incoming/a.rif").range("bytes=2-4"));
    assertThat(part.asUtf8String()).isEqualTo("234");
    assertThat(part.response().metadata()).containsEntry("md5", "x");
  }

  @Test
  void keepsObjectsWhenKilled(TestS3 s3) {
    String bucket = s3.freshBucket();
    s3.client().putObject(request -> request.bucket(bucket).key("k"), RequestBody.fromString("v"));
    s3.kill();
    s3.restart();
    assertThat(s3.client().listObjectsV2(request -> request.bucket(bucket)).contents())
        .extracting(object -> object.key())
        .containsExactly("k");
  }
}
