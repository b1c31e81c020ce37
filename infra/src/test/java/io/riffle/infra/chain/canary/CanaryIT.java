package io.riffle.infra.chain.canary;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.infra.chain.Chain;
import io.riffle.infra.stack.ServiceStatus;
import io.riffle.operations.client.Rest;
import io.riffle.operations.ledger.FileStatus;
import io.riffle.operations.site.Endpoints;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Health data goes through the whole chain, good and bad, with an outage in its middle. Afterwards
 * it is in the tables, on the topics of records and with the raw rejects, and nowhere else.
 */
@Tag("full")
@Tag("stack")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CanaryIT {

  /** Keys, and what is kept apart because it is health data. */
  private static final Set<String> MAY_HOLD =
      Set.of(
          "riffle.rejects_raw.raw",
          "riffle.parked.key",
          "riffle.deleted_keys.key",
          "riffle.synthetic_sets.bene_id_start",
          "ccw.loaded_batches.beneficiaries");

  private static final String BOOKKEEPING =
      "table_schema = 'riffle' OR (table_schema = 'ccw' AND table_name ~ '^(s3_|loaded_)')";

  private final Chain chain = Chain.shared();
  private final DatabaseScan database = new DatabaseScan(chain.database());
  private Sightings keys;
  private Sightings values;
  private Sightings headers;

  @BeforeAll
  void load(@TempDir Path folder) throws Exception {
    List<FileStatus> files = new CanaryLoad(chain, folder).run();
    assertThat(files).noneMatch(FileStatus::moving);
    scanTopics();
  }

  private void scanTopics() throws Exception {
    Endpoints endpoints = chain.stack().endpoints();
    try (TopicScan scan = new TopicScan(endpoints.bootstrapServers())) {
      KafkaNames.topics(endpoints).forEach(scan::lookAt);
      keys = scan.keys();
      values = scan.values();
      headers = scan.headers();
    }
  }

  /** Else all that follows would show nothing. */
  @Test
  void canariesAreWhereTheyBelong() throws Exception {
    assertThat(topics(values))
        .contains("main.rif.pde", "main.rif.carrier", "main.rif.beneficiary")
        .contains("main.rif.beneficiary_history", "main.merged.pde", "main.merged.beneficiary")
        .contains("main.rif.rejects", "main.merged.parked")
        .contains("main-merge-processor-keys-carrier-changelog");
    assertThat(topics(keys)).contains("main.rif.pde", "main.merged.beneficiary");
    assertThat(database.columns(BOOKKEEPING, Set.of()).places())
        .anyMatch(place -> place.startsWith("riffle.rejects_raw.raw"))
        .anyMatch(place -> place.startsWith("riffle.parked.key"))
        .anyMatch(place -> place.startsWith("riffle.deleted_keys.key"));
    assertThat(database.columns("table_schema = 'ccw'", Set.of()).places())
        .anyMatch(place -> place.startsWith("ccw.beneficiaries.mbi_num"))
        .anyMatch(place -> place.startsWith("ccw.beneficiaries_history.hicn_unhashed"))
        .anyMatch(place -> place.startsWith("ccw.carrier_claim_lines."));
    assertThat(chain.stack().home().resolve("logs/postgres.log.1"))
        .content()
        .contains("violates check constraint \"canary\"");
    assertThat(stages()).isEqualTo("MERGE PRODUCER SINK");
  }

  /** Of every program of the stack, those of runs before a restart too. */
  @Test
  void noLogHoldsOne() throws Exception {
    Sightings logs = FolderScan.of(chain.stack().home().resolve("logs"));

    assertThat(logs.looks()).isGreaterThan(1000);
    assertThat(logs.places()).isEmpty();
  }

  @Test
  void noMetricAndNoThreadHoldsOne() throws Exception {
    for (ServiceStatus service : chain.stack().status()) {
      if (!service.name().equals("postgres")) {
        Sightings jvm = JvmScan.of(service.pid().orElseThrow());

        assertThat(jvm.looks()).as(service.name()).isGreaterThan(500);
        assertThat(jvm.places()).as(service.name()).isEmpty();
      }
    }
  }

  /** Meters of the programs' own are no MBeans. */
  @Test
  void nothingThatPrometheusIsToldHoldsOne() throws Exception {
    Sightings told = new Sightings();
    for (ServiceStatus service : chain.stack().status()) {
      for (Map.Entry<String, Integer> port : service.ports().entrySet()) {
        if (port.getKey().equals("connect") || port.getKey().endsWith("-metrics")) {
          URI metrics = URI.create("http://127.0.0.1:" + port.getValue() + "/metrics");
          Rest.get(metrics).lines().forEach(line -> told.look(service.name(), line));
        }
      }
    }

    assertThat(told.looks()).isGreaterThan(1000);
    assertThat(told.places()).isEmpty();
  }

  @Test
  void noErrorTextAndNoOtherBookkeepingHoldsOne() throws Exception {
    assertThat(database.columns(BOOKKEEPING, MAY_HOLD).places()).isEmpty();
    assertThat(database.sessions().places()).isEmpty();
  }

  @Test
  void noHeaderHoldsOne() {
    assertThat(headers.looks()).isGreaterThan(1000);
    assertThat(headers.places()).isEmpty();
  }

  /** Keys of records are numbers; a text in a key would be that of a bad record. */
  @Test
  void noOtherTopicHoldsOne() {
    assertThat(topics(values)).allMatch(CanaryIT::isOfRecords);
    assertThat(topics(keys)).allMatch(CanaryIT::isKeyed);
    assertThat(keys.places()).allMatch(place -> place.endsWith(": " + Canary.KEY));
  }

  @Test
  void noGroupMemberAndNoTransactionalIdHoldsOne() throws Exception {
    Sightings names = KafkaNames.of(chain.stack().endpoints());

    assertThat(names.looks()).isGreaterThan(20);
    assertThat(names.places()).isEmpty();
  }

  @Test
  void noAnswerOfConnectHoldsOne() throws Exception {
    Sightings answers = new Sightings();
    for (String path : List.of("/connectors?expand=status&expand=info", "/connector-plugins")) {
      answers.look(path, Rest.get(chain.stack().endpoints().connectUrl().resolve(path)));
    }

    assertThat(answers.places()).isEmpty();
  }

  @Test
  void noCommandPrintsOne() {
    List<String> home = List.of("--home", chain.stack().home().toString());
    Sightings printed =
        CommandOutput.of(
            home,
            List.of(
                List.of("files"),
                List.of("files", "-o", "json"),
                List.of("rejects"),
                List.of("rejects", "-o", "json"),
                List.of("rejects", "export"),
                List.of("status")));

    assertThat(printed.looks()).isGreaterThan(10);
    assertThat(printed.places()).isEmpty();
  }

  private String stages() throws Exception {
    return chain.text(
        "SELECT string_agg(DISTINCT stage, ' ' ORDER BY stage) FROM riffle.rejects r"
            + " JOIN riffle.rejects_raw w USING (reject_id) WHERE position('"
            + Canary.TEXT
            + "'::bytea IN w.raw) > 0");
  }

  private static boolean isOfRecords(String topic) {
    return isKeyed(topic) || topic.equals("main.rif.rejects");
  }

  private static boolean isKeyed(String topic) {
    boolean raw =
        Chain.LAYOUTS.all().stream().anyMatch(l -> topic.equals("main.rif." + l.topicPart()));
    return raw
        || topic.startsWith("main.merged.")
        || topic.startsWith("main-merge-processor-keys-");
  }

  private static List<String> topics(Sightings sightings) {
    return sightings.places().stream().map(place -> place.replaceFirst(": .*", "")).toList();
  }
}
