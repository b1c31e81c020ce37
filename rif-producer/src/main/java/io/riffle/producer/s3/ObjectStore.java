package io.riffle.producer.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * One bucket, read only. The SDK repeats requests that fail; what it cannot repeat, a body that
 * breaks off, {@link ResumingStream} goes on with. Any other failure of S3 is an {@link
 * software.amazon.awssdk.core.exception.SdkException}. Safe for use by several threads.
 */
public final class ObjectStore implements AutoCloseable {

  private static final String MD5 = "md5chksum";
  private static final String DATE = "Date";
  private static final int NOT_FOUND = 404;
  private static final int PRECONDITION_FAILED = 412;
  private static final int MAX_ATTEMPTS = 6;

  private final S3Client client;
  private final String bucket;

  /** Takes the client over: {@link #close} closes it. */
  ObjectStore(S3Client client, String bucket) {
    this.client = client;
    this.bucket = bucket;
  }

  /** Connects when first used. */
  public static ObjectStore open(S3Config config) {
    S3ClientBuilder builder =
        S3Client.builder()
            .region(Region.of(config.region()))
            .credentialsProvider(credentials(config))
            .forcePathStyle(config.pathStyle())
            // The SDK's own limit ends with the head of an answer: the body is read by the socket.
            .httpClientBuilder(Apache5HttpClient.builder().socketTimeout(config.timeout()))
            // Not every S3 server knows Amazon's newer checksums; ours is md5chksum.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .overrideConfiguration(
                override ->
                    override
                        .apiCallAttemptTimeout(config.timeout())
                        .retryStrategy(retry -> retry.maxAttempts(MAX_ATTEMPTS)));
    config.endpoint().ifPresent(builder::endpointOverride);
    return new ObjectStore(builder.build(), config.bucket());
  }

  public String bucket() {
    return bucket;
  }

  /**
   * Every object under the prefix, in key order. Keys are asked for in URL encoding, for a key may
   * have a character that XML cannot hold: one such object would make the whole answer unreadable.
   */
  public void list(String prefix, Consumer<ListedPage> each) {
    client
        .listObjectsV2Paginator(
            request -> request.bucket(bucket).prefix(prefix).encodingType(EncodingType.URL))
        .stream()
        .map(ObjectStore::listed)
        .forEach(each);
  }

  /**
   * A whole object, cut after {@code maxBytes + 1} bytes, so that a caller sees that it is too
   * large.
   *
   * @throws ObjectMissingException if there is none
   */
  public SmallObject small(String key, int maxBytes) {
    GetObjectRequest request = GetObjectRequest.builder().bucket(bucket).key(key).build();
    try (ResponseInputStream<GetObjectResponse> body = client.getObject(request)) {
      byte[] content = body.readNBytes(maxBytes + 1);
      body.abort();
      return new SmallObject(content, md5(body.response().metadata().get(MD5)));
    } catch (S3Exception e) {
      throw translated(e, key);
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + key, e);
    }
  }

  /**
   * What S3 says of the object.
   *
   * @throws ObjectMissingException if there is none
   */
  public ObjectFacts facts(String key) {
    try {
      HeadObjectResponse head = client.headObject(request -> request.bucket(bucket).key(key));
      return new ObjectFacts(head.eTag(), head.contentLength(), md5(head.metadata().get(MD5)));
    } catch (S3Exception e) {
      throw translated(e, key);
    }
  }

  /**
   * The stored bytes from {@code start} to before {@code end}, of the object with this ETag only.
   * Reading throws {@link ObjectMissingException} or {@link ObjectChangedException} where the
   * object is another one by then.
   */
  public InputStream range(String key, String eTag, long start, long end) {
    return new ResumingStream(key, start, end, (from, to) -> get(key, eTag, from, to));
  }

  @Override
  public void close() {
    client.close();
  }

  private ResponseInputStream<GetObjectResponse> get(String key, String eTag, long from, long to) {
    try {
      return client.getObject(
          request ->
              request
                  .bucket(bucket)
                  .key(key)
                  .ifMatch(eTag)
                  .range("bytes=" + from + "-" + (to - 1)));
    } catch (S3Exception e) {
      throw translated(e, key);
    }
  }

  private static RuntimeException translated(S3Exception e, String key) {
    return switch (e.statusCode()) {
      // A bucket that is away says nothing about its objects.
      case NOT_FOUND -> e instanceof NoSuchBucketException ? e : new ObjectMissingException(key);
      case PRECONDITION_FAILED -> new ObjectChangedException(key);
      default -> e;
    };
  }

  private static ListedPage listed(ListObjectsV2Response page) {
    List<ListedObject> objects = page.contents().stream().map(ObjectStore::listed).toList();
    return new ListedPage(
        objects, page.sdkHttpResponse().firstMatchingHeader(DATE).flatMap(ObjectStore::instant));
  }

  private static Optional<Instant> instant(String httpDate) {
    try {
      return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(httpDate, Instant::from));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static ListedObject listed(S3Object object) {
    Instant modified = object.lastModified() == null ? Instant.MAX : object.lastModified();
    return new ListedObject(object.key(), object.eTag(), object.size(), modified);
  }

  private static Optional<String> md5(String metadata) {
    return Optional.ofNullable(metadata).map(String::strip).filter(text -> !text.isEmpty());
  }

  private static AwsCredentialsProvider credentials(S3Config config) {
    return config
        .credentials()
        .<AwsCredentialsProvider>map(
            given ->
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(given.accessKey(), given.secretKey().reveal())))
        .orElseGet(() -> DefaultCredentialsProvider.builder().build());
  }
}
