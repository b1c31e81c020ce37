package io.riffle.testing;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/** What this module's build prepared, and the folders and ports that servers use. */
final class ServerFiles {
  private ServerFiles() {}

  /** Class path of the Kafka and S3 servers, with this module's own classes. */
  static String serverClassPath() {
    return String.join(
        File.pathSeparator,
        ownClasses(),
        resource("servers.classpath").strip(),
        resource("clients.classpath").strip());
  }

  static String ownClasses() {
    try {
      return Path.of(ServerFiles.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static Path registryJar() {
    Path home = registryHome();
    try (Stream<Path> files = Files.list(home)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith("-runner.jar"))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("no runner jar in " + home));
    } catch (IOException e) {
      throw new UncheckedIOException("build test-support first: it unpacks the registry", e);
    }
  }

  static Path temporaryFolder(String name) {
    try {
      return Files.createTempDirectory("riffle-" + name + "-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes {@code lines} to a file in the folder. */
  static Path write(Path folder, String name, List<String> lines) {
    try {
      return Files.write(folder.resolve(name), lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A port that was free a moment ago. */
  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path registryHome() {
    Properties properties = new Properties();
    try (InputStream in = ServerFiles.class.getResourceAsStream("servers.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Path.of(properties.getProperty("registry.home"));
  }

  private static String resource(String name) {
    try (InputStream in = ServerFiles.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
