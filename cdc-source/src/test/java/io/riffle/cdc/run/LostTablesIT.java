package io.riffle.cdc.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.riffle.cdc.ledger.SourceState;
import io.riffle.cdc.ledger.Sources;
import io.riffle.testing.KafkaExtension;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.RegistryExtension;
import io.riffle.testing.TestKafka;
import io.riffle.testing.TestPostgres;
import io.riffle.testing.TestRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A table that was dropped and made again: it is said, and what is said helps. */
@Tag("full")
@Tag("capture")
@ExtendWith({PostgresExtension.class, KafkaExtension.class, RegistryExtension.class})
class LostTablesIT {
  private static final String ITEMS = "SELECT id, name FROM app.item";

  @Test
  void isToldAndIsRightAgainInANewEpoch(
      TestKafka kafka, TestRegistry registry, TestPostgres postgres) {
    try (CaptureFixture capture = new CaptureFixture(kafka, registry, postgres)) {
      capture.source.execute(
          "CREATE SCHEMA app; CREATE TABLE app.item (id int PRIMARY KEY, name text);"
              + " CREATE TABLE app.gone (id int PRIMARY KEY);"
              + " INSERT INTO app.item VALUES (1, 'old'), (2, 'old')");
      capture.add(100, Duration.ofHours(1), "app.*");
      capture.awaitSnapshots();

      capture.source.execute(
          "DROP TABLE app.item; DROP TABLE app.gone;"
              + " CREATE TABLE app.item (id int PRIMARY KEY, name text);"
              + " INSERT INTO app.item VALUES (2, 'new'), (3, 'new')");
      awaitReason(capture, "app.item is another table than the one that was captured");
      assertThat(capture.captured().reason().orElseThrow()).contains("app.gone was dropped");
      assertThat(capture.captured().state()).isEqualTo(SourceState.STREAMING);

      capture.ledger(LostTablesIT::wantNewEpoch);
      await("a new epoch").atMost(Duration.ofMinutes(1)).until(() -> epoch(capture) == 2);
      capture.awaitSnapshots();
      capture.awaitReplica("app.item", ITEMS);
      capture.source.execute("INSERT INTO app.item VALUES (4, 'streamed')");
      capture.awaitReplica("app.item", ITEMS);
      await("nothing is amiss")
          .atMost(Duration.ofMinutes(1))
          .until(() -> capture.captured().reason().isEmpty());
      assertThat(capture.snapshots())
          .extracting(one -> one.table().toString())
          .containsExactly("app.item");
    }
  }

  private static void awaitReason(CaptureFixture capture, String reason) {
    await(reason)
        .atMost(Duration.ofMinutes(1))
        .until(() -> capture.captured().reason().orElse("").contains(reason));
  }

  private static int epoch(CaptureFixture capture) {
    return capture.captured().made().isPresent() ? capture.captured().epoch() : 0;
  }

  private static boolean wantNewEpoch(Connection ledger) throws SQLException {
    new Sources(ledger).wantNewEpoch(CaptureFixture.SOURCE);
    return true;
  }
}
