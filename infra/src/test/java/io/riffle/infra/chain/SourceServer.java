package io.riffle.infra.chain;

import io.riffle.infra.site.PortPolicy;
import io.riffle.infra.stack.LocalStack;
import io.riffle.operations.client.PostgresClient;
import io.riffle.samples.SampleSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import javax.sql.DataSource;

/**
 * A Postgres server beside the chain's own, with a sample source in it: it can be killed alone. It
 * is that of a second stack, whose servers come together.
 */
final class SourceServer implements AutoCloseable {
  static final String POSTGRES = "postgres";
  private static final Set<String> SERVERS =
      Set.of(POSTGRES, "kafka", "registry", "s3proxy", "connect");

  private final LocalStack server;

  private SourceServer(LocalStack server) {
    this.server = server;
  }

  static SourceServer startIn(Path home) {
    LocalStack server = LocalStack.in(home).components(SERVERS).ports(PortPolicy.FREE).open();
    server.start();
    return new SourceServer(server);
  }

  /** Makes a database for a sample source, and fills it. */
  DataSource create(SampleSource source, long seed, long rows) throws SQLException {
    try (Connection admin = PostgresClient.admin(server.endpoints());
        Statement statement = admin.createStatement()) {
      statement.execute("CREATE DATABASE " + source.id());
    }
    DataSource database = PostgresClient.dataSource(server.endpoints(), url(source));
    source.create(database);
    source.fill(database, seed, rows);
    return database;
  }

  /** JDBC, without a user. */
  String url(SampleSource source) {
    return server.endpoints().jdbcUrl().replaceFirst("/[^/]*$", "/" + source.id());
  }

  String password() {
    return server.endpoints().postgresPassword();
  }

  LocalStack stack() {
    return server;
  }

  @Override
  public void close() {
    server.stop();
    server.purge();
  }
}
