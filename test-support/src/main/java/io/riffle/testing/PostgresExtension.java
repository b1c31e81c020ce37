package io.riffle.testing;

import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gives {@link TestPostgres} parameters: a database of the test class's own in a server that all
 * test classes of the JVM share.
 */
public final class PostgresExtension extends ServerExtension<TestPostgres> {
  public PostgresExtension() {
    super(TestPostgres.class);
  }

  @Override
  TestPostgres resolve(ExtensionContext context) {
    PostgresServer server = SharedServer.get(context, PostgresServer.class, PostgresServer::start);
    return SharedServer.perClass(context, TestPostgres.class, server::freshDatabase);
  }
}
