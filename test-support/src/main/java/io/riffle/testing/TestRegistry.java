package io.riffle.testing;

import io.riffle.schemas.registry.RegistryConfig;
import io.riffle.schemas.registry.SchemaRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;

/** An Apicurio registry with its store on disk, in a JVM of its own. */
public final class TestRegistry implements AutoCloseable {
  private final Path folder;
  private final int port;
  private final ServerJvm server;

  private TestRegistry(Path folder, int port) {
    this.folder = folder;
    this.port = port;
    Path jar = ServerFiles.registryJar();
    this.server =
        ServerJvm.start(
            ServerFiles.ownClasses() + java.io.File.pathSeparator + jar,
            List.of(
                "-Xmx256m",
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + port,
                "-Dquarkus.log.level=WARN",
                "-Dquarkus.datasource.jdbc.url=jdbc:h2:file:%s/registry;WRITE_DELAY=0"
                    .formatted(folder)),
            List.of(mainClass(jar)),
            folder.resolve("registry.log"),
            this::answers);
  }

  static TestRegistry start() {
    return new TestRegistry(ServerFiles.temporaryFolder("registry"), ServerFiles.freePort());
  }

  /** Base URL of the Confluent API. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + port + "/apis/ccompat/v7");
  }

  /** Base URL of Apicurio's own API, for its own clients. */
  public URI nativeUrl() {
    return URI.create("http://127.0.0.1:" + port + "/apis/registry/v2");
  }

  /** A client with default settings and no cache on disk. */
  public SchemaRegistry client() {
    return SchemaRegistry.connect(RegistryConfig.at(url()));
  }

  /** Ends the registry as {@code kill -9} does. */
  public void kill() {
    server.kill();
  }

  /** Starts the killed registry on the same port; ids are as before. */
  public void restart() {
    server.start();
  }

  @Override
  public void close() {
    server.close();
    ServerFiles.delete(folder);
  }

  private boolean answers() throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url() + "/subjects")).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode() == 200;
  }

  private static String mainClass(Path jar) {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.getManifest().getMainAttributes().getValue("Main-Class");
    } catch (IOException e) {
      throw new IllegalStateException("no registry at " + jar, e);
    }
  }
}
