package io.riffle.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.riffle.bench.meter.Meter;
import io.riffle.bench.round.Measurement;
import io.riffle.bench.round.SinkPeer.Race;
import io.riffle.infra.generate.DataSetGenerator;
import io.riffle.infra.generate.GenerateRequest;
import io.riffle.infra.generate.GenerateRequest.Entry;
import io.riffle.infra.site.PortPolicy;
import io.riffle.infra.stack.LocalStack;
import io.riffle.infra.stack.ServiceStatus;
import io.riffle.operations.client.PostgresClient;
import io.riffle.operations.client.S3;
import io.riffle.operations.ledger.Ledger;
import io.riffle.operations.load.DataSetLoad;
import io.riffle.operations.site.Endpoints;
import io.riffle.schemas.layout.Layouts;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.s3.S3Client;

/** A sink that knows nothing of Riffle reads our topics. The whole chain fills them. */
@Tag("full")
@Tag("bench")
class StockSinkIT {
  private static final int RECORDS = 500;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private static Path folder;
  private static LocalStack stack;
  private static Endpoints endpoints;

  @BeforeAll
  static void loadPdeRecords() throws Exception {
    stack =
        LocalStack.in(folder.resolve("stack"))
            .ports(PortPolicy.FREE)
            .connectPlugins(DebeziumPeer.plugins())
            .jvmOptions("-XX:TieredStopAtLevel=1")
            .open();
    stack.start();
    endpoints = stack.endpoints();
    load(generate());
  }

  @AfterAll
  static void stop() {
    stack.stop();
    stack.purge();
  }

  @ParameterizedTest
  @EnumSource(Inserts.class)
  void aStockJdbcSinkLoadsThePdeTopic(Inserts inserts) throws Exception {
    DebeziumSink sink = DebeziumSink.of(endpoints, "2", inserts);
    ConnectWorker worker = new ConnectWorker(endpoints.connectUrl());
    String connector = "stock-" + inserts;
    try (DuelDatabase database = DuelDatabase.create(endpoints)) {
      database.renew();
      try (Connection theirs = database.open();
          Connection ours = PostgresClient.target(endpoints)) {
        sink.prepare(theirs);
        worker.create(connector, sink.config("main.merged.pde", database.jdbcUrl()));
        PdeTable table = new PdeTable(theirs);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(table.count()).isEqualTo(RECORDS));
        assertThat(table.rows()).isEqualTo(new PdeTable(ours).rows());
        worker.requireHealthy(connector);
      } finally {
        worker.delete(connector);
      }
    }
  }

  @Test
  void bothSinksStoreTheSameRowsOfTheSameTopic() throws Exception {
    Map<String, Long> pids =
        stack.status().stream()
            .collect(Collectors.toMap(ServiceStatus::name, one -> one.pid().orElseThrow()));
    Race race = new SinkDuel(endpoints, pids).run(RECORDS, false);
    for (Measurement one : List.of(race.riffle(), race.peer())) {
      assertThat(one.records()).isEqualTo(RECORDS);
      assertThat(one.processes())
          .extracting(process -> process.name())
          .containsExactlyInAnyOrder("connect", Meter.POSTGRES, Meter.CLIENT);
      assertThat(one.recordsPerSecond()).isPositive();
    }
  }

  private static Path generate() throws Exception {
    Instant before = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(1, ChronoUnit.DAYS);
    List<Entry> entries = List.of(Entry.parse(Layouts.load(), DuelTopic.TYPE));
    Path files = folder.resolve("files");
    new DataSetGenerator(new GenerateRequest(entries, 1, RECORDS, 50, 0, false, 7, before, 1))
        .write(files);
    return files;
  }

  private static void load(Path files) throws Exception {
    DataSource database = PostgresClient.dataSource(endpoints);
    try (S3Client s3 = S3.open(endpoints)) {
      DataSetLoad load =
          new DataSetLoad(
              s3, endpoints.bucket(), database, new Ledger(database, Endpoints.TABLES_SCHEMA));
      load.await(load.upload(files), PATIENCE, progress -> {});
    }
  }
}
