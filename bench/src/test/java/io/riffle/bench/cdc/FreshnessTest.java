package io.riffle.bench.cdc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestPostgres;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rows whose stamps are some time before their commit. */
@ExtendWith(PostgresExtension.class)
class FreshnessTest {

  private static final String TABLE =
      "CREATE TABLE %s (id bigint PRIMARY KEY, riffle_updated_at timestamptz,"
          + " riffle_deleted_at timestamptz)";

  private final TestPostgres postgres;

  FreshnessTest(TestPostgres postgres) {
    this.postgres = postgres;
  }

  @BeforeEach
  void tables() {
    postgres.execute("DROP SCHEMA IF EXISTS stg CASCADE; CREATE SCHEMA stg");
    postgres.execute(TABLE.formatted("stg.one") + ";" + TABLE.formatted("stg.two"));
  }

  /** 98 rows a second old, one of 20 s, and one that was deleted 10 s ago. */
  @Test
  void isFromTheStampToTheCommit() throws Exception {
    postgres.execute(
        "INSERT INTO stg.one SELECT n, now() - interval '1 s', NULL FROM generate_series(1, 98) n");
    postgres.execute("INSERT INTO stg.two VALUES (1, now() - interval '20 s', NULL)");
    postgres.execute(
        "INSERT INTO stg.two VALUES (2, now() - interval '1 h', now() - interval '10 s')");

    Freshness freshness = freshness(Instant.now().minusSeconds(60), Instant.now());

    assertThat(freshness.samples()).isEqualTo(100);
    assertThat(freshness.p50Millis()).isCloseTo(1_000, within(500.0));
    assertThat(freshness.p99Millis()).isCloseTo(10_000, within(500.0));
    assertThat(freshness.maxMillis()).isCloseTo(20_000, within(500.0));
  }

  @Test
  void changesOfOtherTimesDoNotCount() throws Exception {
    postgres.execute("INSERT INTO stg.one VALUES (1, now() - interval '20 s', NULL)");
    postgres.execute("INSERT INTO stg.one VALUES (2, now() - interval '1 h', NULL)");

    assertThat(freshness(Instant.now().minusSeconds(60), Instant.now()).samples()).isEqualTo(1);
    assertThat(freshness(Instant.now().minusSeconds(10), Instant.now()).samples()).isZero();
  }

  private Freshness freshness(Instant from, Instant to) throws Exception {
    return Freshness.of(postgres.dataSource(), List.of("stg.one", "stg.two"), from, to);
  }
}
