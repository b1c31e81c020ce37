package io.riffle.cdc.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.cdc.ledger.CapturedSource;
import io.riffle.cdc.ledger.EpochRows;
import io.riffle.cdc.ledger.Sources;
import io.riffle.cdc.source.CapturedTable;
import io.riffle.cdc.source.SourceSpec;
import io.riffle.cdc.source.SourceUrl;
import io.riffle.cdc.source.TableName;
import io.riffle.schemas.registry.SchemaRegistry;
import io.riffle.schemas.topics.Topics;
import io.riffle.schemas.wire.SchemaHandle;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.RegistryExtension;
import io.riffle.testing.TestPostgres;
import io.riffle.testing.TestRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a load has to know of the tables and the epoch, with a real ledger and registry. */
@Tag("full")
@Tag("cdc")
@ExtendWith({PostgresExtension.class, RegistryExtension.class})
class LoadTargetIT {
  private static final CapturedSource.Made MADE = new CapturedSource.Made("77", 1, 100);

  private final TestPostgres target;
  private final SchemaRegistry registry;
  private final Topics topics = new Topics("load_target");

  LoadTargetIT(TestPostgres postgres, TestRegistry registry) {
    this.target = postgres.anotherMigrated("ccw");
    this.registry = registry.client();
  }

  @Test
  void keysAreThoseOfStagingAndOfTheNewestEvents() throws Exception {
    try (Connection ledger = target.connect();
        Statement statement = ledger.createStatement()) {
      added(ledger);
      EpochRows epochs = new EpochRows(ledger);
      epochs.began(
          "qvp",
          MADE,
          List.of(
              new CapturedTable(new TableName("public", "users"), List.of("old"), List.of(), 0),
              new CapturedTable(new TableName("public", "log"), List.of(), List.of(), 0)));
      String users = topics.cdc("qvp", "public", "users");

      assertThat(keys(ledger).of(users)).containsExactly(Set.of("old"));
      assertThat(keys(ledger).of(topics.cdc("qvp", "public", "log")))
          .containsExactly(Set.of("riffle_row"));
      assertThat(keys(ledger).of(topics.cdc("qvp", "public", "never"))).isEmpty();

      SchemaHandle.register(registry, users + "-key", SampleEvents.KEY);
      assertThat(keys(ledger).of(users)).containsExactly(Set.of("id"));

      statement.execute(
          "CREATE SCHEMA stg_qvp;"
              + "CREATE TABLE stg_qvp.users (id int, kind text, a int, PRIMARY KEY (kind, id))");
      assertThat(keys(ledger).of(users))
          .containsExactlyInAnyOrder(Set.of("id"), Set.of("id", "kind"));
    }
  }

  @Test
  void theEpochThatBeginsIsAboveTheWantedOneEvenIfOneWasJustBeginning() throws Exception {
    try (Connection ledger = target.connect()) {
      Sources sources = added(ledger);
      EpochRows epochs = new EpochRows(ledger);
      assertThat(epochs.begin("qvp")).isEqualTo(1);

      sources.wantEpochAbove("qvp", 7);
      epochs.began("qvp", MADE, List.of());

      assertThat(sources.find("qvp").orElseThrow().newEpoch()).isTrue();
      assertThat(epochs.begin("qvp")).isEqualTo(8);
      epochs.began("qvp", MADE, List.of());
      assertThat(sources.find("qvp").orElseThrow().newEpoch()).isFalse();
      sources.wantEpochAbove("qvp", 3);
      assertThat(sources.find("qvp").orElseThrow().newEpoch()).isTrue();
      assertThat(epochs.begin("qvp")).isEqualTo(9);
    }
  }

  private KnownKeys keys(Connection ledger) throws SQLException {
    return KnownKeys.read("qvp", ledger, registry);
  }

  private static Sources added(Connection ledger) throws SQLException {
    Sources sources = new Sources(ledger);
    sources.add(
        new SourceSpec(
            "qvp",
            SourceUrl.parse("jdbc:postgresql://db/qvp"),
            "reader",
            "file:qvp.password",
            List.of(TableName.parse("public.*")),
            500,
            Duration.ofHours(1)),
        false,
        "test");
    return sources;
  }
}
