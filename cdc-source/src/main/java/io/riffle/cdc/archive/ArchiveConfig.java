package io.riffle.cdc.archive;

import io.riffle.config.ConfigException;
import io.riffle.config.Secret;
import io.riffle.config.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where the archive is, and how large its files get.
 *
 * @param bucket in S3
 * @param prefix of all keys, without a slash at the end
 * @param endpoint of an S3 server that is not Amazon's
 * @param credentials none: the SDK's default chain
 * @param pathStyle bucket in the path instead of the host name
 * @param timeout silence after which a request is tried again
 * @param limits when a file is closed
 */
public record ArchiveConfig(
    String bucket,
    String prefix,
    Optional<URI> endpoint,
    String region,
    Optional<Credentials> credentials,
    boolean pathStyle,
    Duration timeout,
    Limits limits) {

  private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(30);

  public ArchiveConfig {
    if (bucket.isBlank()) {
      throw new ConfigException("s3.bucket", bucket, "must name a bucket");
    }
    if (prefix.isBlank() || prefix.startsWith("/") || prefix.endsWith("/")) {
      throw new ConfigException(
          "archive.prefix", prefix, "must be a text without a slash at its ends");
    }
  }

  /** An access key and its secret. */
  public record Credentials(String accessKey, Secret secretKey) {}

  /**
   * A file is closed at the first of these.
   *
   * @param rows at most
   * @param bytes compressed, about
   * @param age after its first row came
   * @param folder for files that are being written
   */
  public record Limits(int rows, long bytes, Duration age, Path folder) {
    public Limits {
      if (rows < 1) {
        throw new ConfigException("archive.max-rows", rows, "must be at least 1");
      }
    }
  }

  /** Reads {@code archive.*} and {@code s3.*}; empty without {@code archive.prefix}. */
  public static Optional<ArchiveConfig> from(Settings settings) {
    Optional<String> prefix = settings.optional("archive.prefix");
    String bucket = prefix.isPresent() ? settings.string("s3.bucket") : "none";
    Optional<URI> endpoint =
        settings.optional("s3.endpoint").map(text -> settings.uri("s3.endpoint"));
    String region = settings.string("s3.region", "us-east-1");
    Optional<Credentials> credentials = credentials(settings);
    boolean pathStyle = settings.bool("s3.path-style", endpoint.isPresent());
    Duration timeout = settings.duration("s3.timeout", USUAL_TIMEOUT);
    Limits limits = limits(settings);
    return prefix.map(
        folder ->
            new ArchiveConfig(
                bucket.isBlank() ? "missing" : bucket, // remembered as a problem already
                folder,
                endpoint,
                region,
                credentials,
                pathStyle,
                timeout,
                limits));
  }

  private static Limits limits(Settings settings) {
    return new Limits(
        settings.integer("archive.max-rows", 500_000, 1, 100_000_000),
        settings.size("archive.max-bytes", 64L * 1024 * 1024),
        settings.duration("archive.max-age", Duration.ofMinutes(15)),
        Path.of(settings.string("archive.folder", System.getProperty("java.io.tmpdir"))));
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
