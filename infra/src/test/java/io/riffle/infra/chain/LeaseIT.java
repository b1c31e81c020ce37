package io.riffle.infra.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffle.infra.cli.Riffle;
import io.riffle.infra.generate.DataSetGenerator;
import io.riffle.lease.LeaseStatus;
import io.riffle.operations.client.Rest;
import io.riffle.operations.ledger.FileStatus;
import io.riffle.schemas.topics.Topics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another loader, and another deployment, beside the running chain. */
@Tag("full")
@Tag("outages")
class LeaseIT {

  private static final int RECORDS = 500;
  private static final String FILE = "pde_1.csv";
  private static final String RIVAL = "rival-sink";
  private static final Duration SOON = Duration.ofMinutes(1);

  private final Chain chain = Chain.shared();
  private final URI connectors = chain.stack().endpoints().connectUrl().resolve("/connectors/");
  @TempDir Path folder;

  @Test
  void whileAnotherLoaderRunsTheBacklogWaitsAndIsLoadedAfterwards() throws Exception {
    awaitHolder(chain.stack().endpoints().deployment());
    Path end = folder.resolve("end");
    String loading = "while [ -d " + folder + " -a ! -e " + end + " ]; do sleep 0.1; done; exit 7";
    CompletableFuture<Integer> loader = CompletableFuture.supplyAsync(() -> exec(loading));
    await().atMost(SOON).until(() -> status().borrowed());
    long rows = chain.number("SELECT count(*) FROM ccw.partd_events");
    Load load = load();

    await("everything to be published, and the sink to wait")
        .atMost(SOON)
        .until(() -> isPublished(load) && isPausedForLease());
    assertThat(riffle("status")).contains("PAUSED", "LEASE: the lease is with exec:");
    assertThat(riffle("lease", "status")).contains("exec:", chain.stack().endpoints().deployment());
    assertThat(riffle("lease", "status", "-o", "json"))
        .startsWith("{\"set\":\"main\",")
        .contains("\"borrowed\":true");
    assertThat(chain.number("SELECT count(*) FROM ccw.partd_events")).isEqualTo(rows);
    assertThat(written(load)).isZero();

    Files.createFile(end);
    assertThat(loader.get()).isEqualTo(7);
    assertCompleted(load);
  }

  /** Nobody gives the lease back, so the sink goes on when its lifetime is over. */
  @Test
  void aBacklogIsLoadedThoughTheOtherLoaderIsKilled() throws Exception {
    awaitHolder(chain.stack().endpoints().deployment());
    Process loader = execApart("sleep", "600");
    try {
      await().atMost(SOON).until(() -> status().borrowed());
      Load load = load();
      await().atMost(SOON).until(() -> isPublished(load) && isPausedForLease());
      assertThat(written(load)).isZero();

      kill(loader);

      assertCompleted(load);
      assertThat(status().holder()).hasValue(chain.stack().endpoints().deployment());
    } finally {
      kill(loader);
    }
  }

  @Test
  void aSecondDeploymentWaitsAndTakesOverAtOnceWhenTheFirstOneStops() throws Exception {
    String ours = chain.stack().endpoints().deployment();
    awaitHolder(ours);
    URI main = connectors.resolve(new Topics("main").sinkConnector());
    String config = Rest.get(URI.create(main + "/config"));
    ObjectNode rival = (ObjectNode) new ObjectMapper().readTree(config);
    rival.put("name", RIVAL).put("riffle.deployment", "rival");
    URI rivals = connectors.resolve(RIVAL);
    try {
      Rest.sendJson("PUT", URI.create(rivals + "/config"), rival.toString());
      await().atMost(SOON).until(() -> waits("rival"));
      assertCompleted(load());
      assertThat(status().holder()).hasValue(ours);

      Load backlog = publishedOnly(main);
      delete(main);
      awaitHolder("rival");
      assertCompleted(backlog);

      Rest.sendJson("PUT", URI.create(main + "/config"), config);
      await().atMost(SOON).until(() -> waits(ours));
      delete(rivals);
      awaitHolder(ours);
    } finally {
      Rest.sendJson("PUT", URI.create(main + "/config"), config);
      delete(rivals);
    }
    assertCompleted(load());
  }

  /** The producer is the first deployment's and plans for it alone, so it has to be done before. */
  private Load publishedOnly(URI connector) throws Exception {
    Rest.sendJson("PUT", URI.create(connector + "/pause"), "");
    Load load = load();
    await().atMost(SOON).until(() -> isPublished(load));
    assertThat(written(load)).isZero();
    return load;
  }

  private record Load(Path set, List<String> manifests) {}

  private Load load() throws Exception {
    long first = Chain.claimRecords(RECORDS);
    Path set = folder.resolve("set-" + first);
    new DataSetGenerator(Chain.request(List.of("PDE"), first, RECORDS)).write(set);
    return new Load(set, chain.load().upload(set));
  }

  private void assertCompleted(Load load) throws Exception {
    FileStatus file = chain.await(load.manifests()).get(0);
    assertThat(file.state()).isEqualTo("COMPLETED");
    assertThat(file.totals().orElseThrow().applied()).isEqualTo(RECORDS);
    assertThat(chain.differences("PDE", load.set().resolve(FILE), Optional.empty())).isZero();
  }

  private boolean isPublished(Load load) throws SQLException {
    return chain.number(attempts(load, "a.published_at IS NOT NULL")) == 1;
  }

  /** What the sink has counted of the load. */
  private long written(Load load) throws SQLException {
    return chain.number(
        attempts(load, "EXISTS (SELECT FROM riffle.sink_totals t WHERE t.file_id = a.file_id)"));
  }

  private static String attempts(Load load, String condition) {
    return "SELECT count(*) FROM riffle.file_attempts a JOIN riffle.files f USING (file_id)"
        + " JOIN ccw.s3_manifest_files m USING (manifest_id) WHERE m.s3_key = '"
        + load.manifests().get(0)
        + "' AND "
        + condition;
  }

  private boolean isPausedForLease() {
    return chain.stack().pauses().getOrDefault("connect", List.of()).stream()
        .anyMatch(part -> part.cause().equals("LEASE"));
  }

  private boolean waits(String deployment) throws SQLException {
    return status().waiting().stream().anyMatch(one -> one.holder().equals(deployment));
  }

  private void awaitHolder(String deployment) {
    await(deployment + " to have the lease")
        .atMost(SOON)
        .until(() -> status().holder().equals(Optional.of(deployment)));
  }

  private LeaseStatus status() throws SQLException {
    try (Connection connection = chain.database().getConnection()) {
      return LeaseStatus.read(connection);
    }
  }

  private int exec(String script) {
    String home = chain.stack().home().toString();
    return Riffle.run("lease", "exec", "--home", home, "--wait", "30s", "--", "sh", "-c", script);
  }

  /** The same in a process of its own. */
  private Process execApart(String... command) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(ProcessHandle.current().info().command().orElseThrow());
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), Riffle.class.getName()));
    line.addAll(List.of("lease", "exec", "--home", chain.stack().home().toString(), "--"));
    line.addAll(List.of(command));
    return new ProcessBuilder(line).inheritIO().start();
  }

  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private String riffle(String... words) {
    return new Cli(chain.stack().home()).run(words).out();
  }

  private static void delete(URI connector) throws Exception {
    HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(connector).DELETE().build(),
            HttpResponse.BodyHandlers.discarding());
  }
}
