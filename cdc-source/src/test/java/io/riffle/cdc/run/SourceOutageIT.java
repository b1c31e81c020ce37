package io.riffle.cdc.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.cdc.ledger.SourceState;
import io.riffle.config.Secret;
import io.riffle.net.TcpProxy;
import io.riffle.testing.KafkaExtension;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.RegistryExtension;
import io.riffle.testing.TestKafka;
import io.riffle.testing.TestPostgres;
import io.riffle.testing.TestRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Sources that are away for a while, or want another password: told, and nothing is lost. */
@Tag("full")
@Tag("cdc")
@ExtendWith({PostgresExtension.class, KafkaExtension.class, RegistryExtension.class})
class SourceOutageIT {
  private static final String ITEMS = "SELECT id, name FROM app.item";
  private static final int ROWS = 500;

  private final CaptureFixture capture;
  private final TestPostgres source;

  SourceOutageIT(TestKafka kafka, TestRegistry registry, TestPostgres postgres) {
    capture = new CaptureFixture(kafka, registry, postgres);
    source = capture.source;
  }

  @BeforeEach
  void makeTable() {
    source.execute(
        "CREATE SCHEMA app; CREATE TABLE app.item (id int PRIMARY KEY, name text);"
            + " INSERT INTO app.item SELECT n, 'first' FROM generate_series(1, "
            + ROWS
            + ") n");
  }

  @AfterEach
  void close() {
    capture.close();
  }

  @Test
  void goesOnByItselfAfterTheSourceWasOutOfReach() throws Exception {
    try (TcpProxy way = TcpProxy.before(source.port())) {
      String url = "jdbc:postgresql://127.0.0.1:" + way.port() + "/" + source.database();
      try (Writer writer = new Writer(source, ROWS, 41)) {
        capture.addAt(url, source.username(), 100, Duration.ofHours(1), "app.item");
        capture.awaitSnapshots();

        way.cut();
        capture.awaitState(SourceState.FAILED);
        assertThat(capture.captured().reason().orElseThrow()).startsWith("POSTGRES 08");

        way.heal();
        capture.awaitState(SourceState.STREAMING);
        assertThat(writer.isWriting()).isTrue();
      }
      capture.awaitReplica("app.item", ITEMS);
    }
    assertThat(capture.captured().epoch()).isEqualTo(1);
  }

  /** The Connect worker goes on with the old one until its task is started anew. */
  @Test
  void readsTheNewPasswordAfterItWasChanged() throws Exception {
    String user = "reader_" + source.database();
    source.execute("CREATE ROLE " + user + " SUPERUSER LOGIN REPLICATION PASSWORD 'old'");
    wantPassword(user);
    capture.config.secrets().write(CaptureFixture.SOURCE, Secret.of("old"));
    capture.addAt(source.jdbcUrl(), user, 100, Duration.ofHours(1), "app.item");
    capture.awaitSnapshots();

    source.execute("ALTER ROLE " + user + " PASSWORD 'new'");
    source.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '" + user + "'");
    capture.awaitState(SourceState.FAILED);
    assertThat(capture.captured().reason().orElseThrow()).startsWith("POSTGRES 28");
    source.execute("INSERT INTO app.item VALUES (1000, 'while nobody could log in')");

    capture.config.secrets().write(CaptureFixture.SOURCE, Secret.of("new"));

    capture.awaitReplica("app.item", ITEMS);
    capture.awaitState(SourceState.STREAMING);
    assertThat(capture.captured().epoch()).isEqualTo(1);
  }

  /** The server of the tests trusts everybody else. */
  private void wantPassword(String user) throws IOException {
    Path rules = Path.of(source.rows("SHOW hba_file").get(0));
    Files.writeString(rules, "host all " + user + " all scram-sha-256\n" + Files.readString(rules));
    source.execute("SELECT pg_reload_conf()");
  }
}
