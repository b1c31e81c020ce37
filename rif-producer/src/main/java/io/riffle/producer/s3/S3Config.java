package io.riffle.producer.s3;

import io.riffle.config.ConfigException;
import io.riffle.config.Secret;
import io.riffle.config.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Which bucket, and how to reach it.
 *
 * @param endpoint of an S3 server that is not Amazon's; none: Amazon's of the region
 * @param credentials none: the SDK's default chain (environment, profile, instance role)
 * @param pathStyle bucket in the path instead of the host name, as most local servers want it
 * @param timeout silence after which a request, or the body of an answer, is tried again
 */
public record S3Config(
    Optional<URI> endpoint,
    String region,
    String bucket,
    Optional<Credentials> credentials,
    boolean pathStyle,
    Duration timeout) {

  private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(30);

  public S3Config {
    if (bucket.isBlank()) {
      throw new ConfigException("s3.bucket", bucket, "must name a bucket");
    }
    if (timeout.toMillis() < 1) {
      throw new ConfigException("s3.timeout", timeout, "must be at least a millisecond");
    }
  }

  /** An access key and its secret. */
  public record Credentials(String accessKey, Secret secretKey) {}

  /** Reads the {@code s3.*} keys. */
  public static S3Config from(Settings settings) {
    Optional<URI> endpoint =
        settings.optional("s3.endpoint").map(text -> settings.uri("s3.endpoint"));
    String bucket = settings.string("s3.bucket");
    return new S3Config(
        endpoint,
        settings.string("s3.region", "us-east-1"),
        bucket.isBlank() ? "missing" : bucket, // remembered as a problem already
        credentials(settings),
        settings.bool("s3.path-style", endpoint.isPresent()),
        settings.duration("s3.timeout", USUAL_TIMEOUT));
  }

  private static Optional<Credentials> credentials(Settings settings) {
    Optional<String> accessKey = settings.optional("s3.access-key");
    Optional<Secret> secretKey = settings.secret("s3.secret-key");
    if (accessKey.isPresent() != secretKey.isPresent()) {
      settings.reject("s3.access-key", "needs s3.secret-key, and the other way round");
    }
    return accessKey.flatMap(key -> secretKey.map(secret -> new Credentials(key, secret)));
  }
}
