package io.riffle.sink.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The hash is that of the server. */
@ExtendWith(PostgresExtension.class)
class PostgresHashTest {
  private static final long SEED = 20_261_121;

  @Test
  void isWhatTheServerComputes(TestPostgres postgres) throws Exception {
    Random random = new Random(SEED);
    try (Connection connection = postgres.connect();
        PreparedStatement statement =
            connection.prepareStatement("SELECT hashint8extended(?, ?)")) {
      for (int i = 0; i < 500; i++) {
        long value = i < 10 ? i - 5 : random.nextLong() >> random.nextInt(64);
        long seed = i % 3 == 0 ? 0 : random.nextLong() >> random.nextInt(64);
        statement.setLong(1, value);
        statement.setLong(2, seed);
        try (ResultSet row = statement.executeQuery()) {
          row.next();
          assertThat(PostgresHash.of(value, seed))
              .as("of %d with %d, random seed %d", value, seed, SEED)
              .isEqualTo(row.getLong(1));
        }
      }
    }
  }
}
