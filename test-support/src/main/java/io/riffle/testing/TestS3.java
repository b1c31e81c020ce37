package io.riffle.testing;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** An S3 server (S3Proxy over a folder), in a JVM of its own. Path-style addressing. */
public final class TestS3 implements AutoCloseable {
  private static final String ACCESS_KEY = "test-access-key";
  private static final String SECRET_KEY = "test-secret-key";

  private final Path folder;
  private final int port;
  private final ServerJvm server;
  private final S3Client client;

  private TestS3(Path folder, int port) {
    this.folder = folder;
    this.port = port;
    this.server =
        ServerJvm.start(
            ServerFiles.serverClassPath(),
            List.of("-Xmx256m", "-DLOG_LEVEL=warn"),
            List.of("org.gaul.s3proxy.Main", "--properties", configure(folder, port).toString()),
            folder.resolve("s3.log"),
            () -> ServerJvm.listens(port));
    this.client = newClient();
  }

  static TestS3 start() {
    return new TestS3(ServerFiles.temporaryFolder("s3"), ServerFiles.freePort());
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + port);
  }

  public String accessKey() {
    return ACCESS_KEY;
  }

  public String secretKey() {
    return SECRET_KEY;
  }

  public Region region() {
    return Region.US_EAST_1;
  }

  /** Shared by all tests; do not close it. */
  public S3Client client() {
    return client;
  }

  /** A client of the caller's own. */
  public S3Client newClient() {
    AwsBasicCredentials credentials = AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY);
    return S3Client.builder()
        .endpointOverride(endpoint())
        .region(region())
        .credentialsProvider(StaticCredentialsProvider.create(credentials))
        .forcePathStyle(true)
        .build();
  }

  /** Creates an empty bucket and gives its name. */
  public String freshBucket() {
    String name = "test-" + UUID.randomUUID();
    client.createBucket(request -> request.bucket(name));
    return name;
  }

  /** Ends the server as {@code kill -9} does. */
  public void kill() {
    server.kill();
  }

  /** Starts the killed server on the same port, with its objects. */
  public void restart() {
    server.start();
  }

  @Override
  public void close() {
    client.close();
    server.close();
    ServerFiles.delete(folder);
  }

  private static Path configure(Path folder, int port) {
    return ServerFiles.write(
        folder,
        "s3proxy.properties",
        List.of(
            "s3proxy.endpoint=http://127.0.0.1:" + port,
            "s3proxy.authorization=aws-v2-or-v4",
            "s3proxy.identity=" + ACCESS_KEY,
            "s3proxy.credential=" + SECRET_KEY,
            "jclouds.provider=filesystem-nio2",
            "jclouds.filesystem.basedir=" + objects(folder)));
  }

  private static Path objects(Path folder) {
    Path objects = folder.resolve("objects");
    if (!objects.toFile().mkdirs()) {
      throw new IllegalStateException("cannot create " + objects);
    }
    return objects;
  }
}
