package io.riffle.cdc.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.riffle.cdc.ledger.SnapshotKind;
import io.riffle.cdc.ledger.SourceState;
import io.riffle.cdc.ledger.Sources;
import io.riffle.cdc.ledger.TableSnapshot;
import io.riffle.cdc.ledger.Wanted;
import io.riffle.testing.KafkaExtension;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.RegistryExtension;
import io.riffle.testing.TestKafka;
import io.riffle.testing.TestPostgres;
import io.riffle.testing.TestRegistry;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.Callable;
import javax.management.ObjectName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A source from its begin to its end, with the real Debezium. */
@Tag("full")
@Tag("cdc")
@ExtendWith({PostgresExtension.class, KafkaExtension.class, RegistryExtension.class})
class CaptureIT {
  /** Debezium leaves generated columns out, wherever it reads. */
  private static final String PERSON = "SELECT id, name FROM app.person";

  private static final String LOG = "SELECT at, what FROM app.log";

  @Test
  void capturesTablesWithAndWithoutKeysUntilTheSourceIsRemoved(
      TestKafka kafka, TestRegistry registry, TestPostgres postgres) throws Exception {
    try (CaptureFixture capture = new CaptureFixture(kafka, registry, postgres)) {
      TestPostgres source = capture.source;
      source.execute(
          "CREATE SCHEMA app; CREATE TABLE app.person (id int PRIMARY KEY, name text DEFAULT 'nobody',"
              + " initial text GENERATED ALWAYS AS (left(name, 1)) STORED);"
              + " CREATE TABLE app.log (at int, what text);"
              + " INSERT INTO app.person SELECT n, 'name ' || n FROM generate_series(1, 94) n;"
              + " INSERT INTO app.person VALUES (95, NULL);"
              + " CREATE TABLE app.timed (at timestamptz, day timestamp, hour time, PRIMARY KEY (at, day, hour));"
              + " INSERT INTO app.timed SELECT now() + n * interval '1 s', now(), '10:00' FROM generate_series(1, 25) n;"
              + " INSERT INTO app.log VALUES (1, 'a'), (1, 'a'), (2, NULL), (3, E'tab\\t line\\n \\\\N')");

      capture.add(10, Duration.ofSeconds(2), "app.*");
      capture.awaitState(SourceState.STREAMING);
      source.execute(
          "UPDATE app.person SET name = 'new' WHERE id = 7; DELETE FROM app.person WHERE id = 8;"
              + " UPDATE app.person SET id = 1009 WHERE id = 9; INSERT INTO app.person VALUES (200, NULL)");
      capture.awaitSnapshots();

      capture.awaitReplica("app.person", PERSON);
      capture.awaitReplica("app.log", LOG);
      TableSnapshot person = capture.snapshots().get(1);
      assertThat(person.kind()).isEqualTo(SnapshotKind.SNAPSHOT);
      assertThat(person.rowsDone()).isEqualTo(95);
      assertThat(capture.replica("app.person").sweeps()).isEqualTo(1);
      assertThat(capture.snapshots().get(2).rowsDone()).isEqualTo(25);
      assertThat(capture.replica("app.timed").operations().get("r")).isEqualTo(25);
      assertThat(attribute(capture, "State")).isEqualTo("STREAMING");

      source.execute("DELETE FROM app.log WHERE at = 1; INSERT INTO app.log VALUES (4, 'b')");
      capture.awaitReplica("app.log", LOG);

      readsAgainWhatStagingLacks(capture);
      pausesAndGoesOn(capture, source);
      removes(capture, source);
    }
  }

  /** Of two rows of twenty; nothing is swept for it, and status goes on telling of the snapshot. */
  private static void readsAgainWhatStagingLacks(CaptureFixture capture) {
    capture.target.execute(
        "CREATE SCHEMA stg_qvp; CREATE TABLE stg_qvp.person (id int PRIMARY KEY, riffle_unsent text[],"
            + " riffle_deleted_at timestamptz); INSERT INTO stg_qvp.person"
            + " SELECT n, CASE WHEN n IN (3, 5) THEN '{name}'::text[] END FROM generate_series(1, 20) n");
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () ->
                assertThat(
                        capture.target.rows(
                            "SELECT state, rows_done FROM riffle.cdc_snapshots"
                                + " WHERE kind = 'COMPLETION' ORDER BY snapshot_id LIMIT 1"))
                    .containsExactly("DONE|2"));
    capture.target.execute("UPDATE stg_qvp.person SET riffle_unsent = NULL");
    assertThat(capture.replica("app.person").sweeps()).isEqualTo(1);
    assertThat(capture.snapshots().get(1).kind()).isEqualTo(SnapshotKind.SNAPSHOT);
  }

  private static void pausesAndGoesOn(CaptureFixture capture, TestPostgres source) {
    want(capture, Wanted.PAUSED);
    capture.awaitState(SourceState.PAUSED);
    source.execute("INSERT INTO app.person VALUES (300, 'while paused')");
    want(capture, Wanted.RUNNING);
    capture.awaitReplica("app.person", PERSON);
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () -> {
              assertThat(capture.slot().active()).isTrue();
              assertThat(capture.slot().walStatus()).isEqualTo("reserved");
              assertThat(capture.slot().readLsn()).isPresent();
              assertThat(capture.slot().behindSeconds().orElseThrow()).isLessThan(60);
            });
  }

  private static void removes(CaptureFixture capture, TestPostgres source) throws Exception {
    capture.target.execute(
        "INSERT INTO riffle.rejects (attempt, type, stage, record, line, rows, at, reason, topic,"
            + " partition, \"offset\") SELECT 0, 'stg_qvp.person', 'SINK', 0, 0, 0, 0, 'UNDECODABLE', '"
            + capture.topics().cdc(CaptureFixture.SOURCE, "app", "person")
            + "', 0, n FROM generate_series(1, 2) n");
    capture.ledger(
        connection -> {
          new Sources(connection).wantRemoved(CaptureFixture.SOURCE, true);
          return null;
        });
    await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () ->
                capture
                    .ledger(connection -> new Sources(connection).find(CaptureFixture.SOURCE))
                    .isEmpty());
    assertThat(capture.target.rows("SELECT 1 FROM riffle.rejects WHERE topic LIKE '% (removed %)'"))
        .as("rejects that those of a topic of the same name could be taken for")
        .hasSize(2);
    assertThat(
            source.rows(
                "SELECT slot_name FROM pg_replication_slots WHERE database = current_database()"))
        .isEmpty();
    assertThat(source.rows("SELECT pubname FROM pg_publication")).isEmpty();
    assertThat(source.rows("SELECT 1 FROM pg_namespace WHERE nspname = 'riffle'")).isEmpty();
    assertThat(capture.connect().config(capture.connector())).isEmpty();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                capture.kafka.admin().listTopics().names().get().stream()
                    .noneMatch(topic -> topic.startsWith(capture.topics().set() + ".cdc")));
  }

  private static void want(CaptureFixture capture, Wanted wanted) {
    capture.ledger(
        connection -> {
          new Sources(connection).want(CaptureFixture.SOURCE, wanted);
          return null;
        });
  }

  private static Object attribute(CaptureFixture capture, String name) throws Exception {
    Callable<Object> read =
        () ->
            ManagementFactory.getPlatformMBeanServer()
                .getAttribute(
                    new ObjectName(
                        "io.riffle:type=CdcSource,set=" + capture.topics().set() + ",source=qvp"),
                    name);
    return read.call();
  }
}
