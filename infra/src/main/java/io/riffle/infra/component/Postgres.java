package io.riffle.infra.component;

import io.riffle.infra.process.Launch;
import io.riffle.infra.site.Site;
import io.riffle.operations.client.PostgresClient;
import io.riffle.operations.site.Endpoints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Postgres from the binaries jar, with a data folder of its own. */
final class Postgres implements Component {
  @Override
  public String name() {
    return "postgres";
  }

  @Override
  public String configFile() {
    return "postgres/postgresql.conf";
  }

  @Override
  public Map<String, Integer> ports(Site site) {
    return Map.of("postgres", 5432);
  }

  @Override
  public Launch launch(Site site) {
    Path file = base(site).resolve("postgresql.conf");
    String config =
        ConfigOverlay.of(site.template(configFile()))
            .with("listen_addresses", "'" + Site.HOST + "'")
            .with("port", site.ports().get("postgres"))
            // no socket file: its path would have to be short, and nobody here uses it
            .with("unix_socket_directories", "''")
            .writeTo(file);
    List<String> command = new ArrayList<>(PostgresUser.current().prefix());
    command.add(program(site, "postgres"));
    command.addAll(List.of("-D", data(site).toString(), "-c", "config_file=" + file));
    return new Launch(command, Map.of(), List.of(config));
  }

  @Override
  public void prepare(Site site) {
    PostgresBinaries.unpack(site.lib(name()), binaries(site));
    if (!Files.exists(data(site).resolve("PG_VERSION"))) {
      createCluster(site);
    }
    PostgresLock.clearStale(data(site));
  }

  @Override
  public void check(Site site) throws Exception {
    try (Connection connection = PostgresClient.admin(site.ownEndpoints());
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT 1");
    }
  }

  /** INT is a fast stop; TERM would wait for every client to leave. */
  @Override
  public String stopSignal() {
    return "INT";
  }

  private void createCluster(Site site) {
    PostgresUser user = PostgresUser.current();
    Path password = base(site).resolve("password");
    try {
      Files.createDirectories(data(site));
      Files.setPosixFilePermissions(data(site), PosixFilePermissions.fromString("rwx------"));
      writePrivately(password, site.secrets().postgresPassword());
      user.own(data(site));
      user.own(password);
      Tool.run("create the Postgres cluster", initdb(site, user, password));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      delete(password);
    }
  }

  private List<String> initdb(Site site, PostgresUser user, Path password) {
    List<String> command = new ArrayList<>(user.prefix());
    command.add(program(site, "initdb"));
    command.addAll(List.of("-D", data(site).toString()));
    command.addAll(List.of("--username=" + Endpoints.POSTGRES_USER, "--pwfile=" + password));
    command.addAll(List.of("--auth=scram-sha-256", "--encoding=UTF8", "--locale=C"));
    return command;
  }

  private static void writePrivately(Path file, String text) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, text);
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path base(Site site) {
    return site.folder().data("postgres");
  }

  private static Path data(Site site) {
    return base(site).resolve("cluster");
  }

  private static Path binaries(Site site) {
    // beside the jar, so that all stacks of this repository share it
    return site.lib("postgres").resolveSibling("postgres-" + Versions.of("postgres"));
  }

  private static String program(Site site, String name) {
    return binaries(site).resolve("bin").resolve(name).toString();
  }
}
