package io.riffle.producer.hash;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.config.ConfigException;
import io.riffle.config.Secret;
import io.riffle.failure.Pause;
import io.riffle.producer.ledger.Database;
import io.riffle.producer.ledger.HashLedger;
import io.riffle.producer.ledger.TestDatabase;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One database has hashes of one pepper and one number of rounds. */
@ExtendWith(PostgresExtension.class)
final class HashCheckTest {

  private static final HashConfig FIRST = new HashConfig(Secret.of("00ff"), 2, 1);

  private final Database database;

  HashCheckTest(TestPostgres server) {
    TestPostgres postgres = server.anotherMigrated("ccw");
    database = new Database(TestDatabase.config(postgres));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void theSamePepperAndRoundsStartAgain() {
    require(FIRST);
    assertThatCode(() -> require(new HashConfig(Secret.of("00FF"), 2, 9)))
        .doesNotThrowAnyException();
  }

  @Test
  void anotherPepperOrNumberOfRoundsDoesNotStart() {
    require(FIRST);
    assertRefused(new HashConfig(Secret.of("00fe"), 2, 1));
    assertRefused(new HashConfig(Secret.of("00ff"), 3, 1));
    assertThatCode(() -> require(FIRST)).doesNotThrowAnyException();
  }

  private void assertRefused(HashConfig other) {
    assertThatThrownBy(() -> require(other))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("hash.pepper: with hash.iterations it gives other hashes")
        .hasMessageNotContaining(other.pepper().reveal());
  }

  private void require(HashConfig config) {
    try (Pause pause = Pause.of("main", "start")) {
      HashCheck.require(config, new HashLedger(database), pause);
    }
  }
}
