package io.riffle.operations.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.net.TcpProxy;
import io.riffle.operations.site.Endpoints;
import io.riffle.operations.site.SetName;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestPostgres;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The lease is renewed by such questions: one that hangs would keep a command from its end. */
@ExtendWith(PostgresExtension.class)
@Timeout(30)
class PostgresClientTest {

  @Test
  void aServerThatIsSilentFailsTheQuestion(TestPostgres postgres) throws SQLException {
    try (TcpProxy proxy = TcpProxy.before(postgres.port())) {
      DataSource source =
          PostgresClient.dataSource(endpoints(postgres, proxy), Duration.ofSeconds(1));
      try (Connection connection = source.getConnection();
          Statement statement = connection.createStatement()) {
        assertThat(statement.execute("SELECT 1")).isTrue();
        proxy.halfOpen();

        assertThatThrownBy(() -> statement.execute("SELECT 1")).isInstanceOf(SQLException.class);
        assertThatThrownBy(source::getConnection).isInstanceOf(SQLException.class);
      }
    }
  }

  private static Endpoints endpoints(TestPostgres postgres, TcpProxy proxy) {
    String url = "jdbc:postgresql://127.0.0.1:" + proxy.port() + "/" + postgres.database();
    return new Endpoints(
        SetName.MAIN,
        url,
        url,
        postgres.username(),
        postgres.password(),
        "none",
        URI.create("http://none"),
        URI.create("http://none"),
        "none",
        "none",
        "none",
        "none",
        URI.create("http://none"),
        "none",
        Optional.empty(),
        Map.of());
  }
}
