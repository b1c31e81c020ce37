package io.riffle.infra.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffle.infra.cli.Riffle;
import io.riffle.infra.generate.DataSetGenerator;
import io.riffle.infra.pauses.PausedPart;
import io.riffle.operations.client.Rest;
import io.riffle.operations.ledger.FileStatus;
import io.riffle.schemas.topics.Topics;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An operator's or a neighbour's fault: the chain pauses, {@code riffle status} says why, nothing
 * is rejected, and when it is healed the load goes on to its end by itself.
 */
@Tag("full")
@Tag("outages")
class PauseIT {

  private static final String FILE = "pde_1.csv";
  private static final int RECORDS = 60;
  private static final String ROLE = "narrow_role";

  private final Chain chain = Chain.shared();
  @TempDir Path folder;

  @Test
  void aRightOfTheSinkIsTakenAway() throws Exception {
    URI connector =
        chain
            .stack()
            .endpoints()
            .connectUrl()
            .resolve("/connectors/" + new Topics("main").sinkConnector() + "/config");
    String config = Rest.get(connector);
    createRole();
    ObjectNode narrow = (ObjectNode) new ObjectMapper().readTree(config);
    Rest.sendJson("PUT", connector, narrow.put("database.user", ROLE).toString());
    try {
      execute("REVOKE INSERT ON ccw.partd_events FROM " + ROLE);
      Load load = load();

      awaitPaused("connect", "POSTGRES", "42501");
      awaitStatus("table", "PAUSED", "permission denied for table partd_events", "SYSTEMIC");
      awaitStatus("json", "\"state\":\"PAUSED\"", "\"cause\":\"42501\"");

      execute("GRANT INSERT ON ccw.partd_events TO " + ROLE);
      assertCompleted(load);
    } finally {
      Rest.sendJson("PUT", connector, config);
    }
  }

  @Test
  void aColumnIsRenamed() throws Exception {
    execute("ALTER TABLE ccw.partd_events RENAME COLUMN fill_num TO another");
    Load load;
    try {
      load = load();
      awaitPaused("connect", "POSTGRES", "42703");
      awaitStatus("table", "fill_num");
    } finally {
      execute("ALTER TABLE ccw.partd_events RENAME COLUMN another TO fill_num");
    }
    assertCompleted(load);
  }

  /** The file lacks an optional column, so its schema is new to the registry. */
  @Test
  void theRegistryIsDown() throws Exception {
    Path set = generate();
    dropLastOptionalColumn(set.resolve(FILE));
    chain.stack().kill("registry");
    List<String> manifests;
    try {
      manifests = chain.load().upload(set);
      awaitPaused("rif-producer", "REGISTRY", "NO_ANSWER");
      awaitStatus("table", "FAILED", "PAUSED", "scanner");
    } finally {
      chain.stack().restart("registry");
    }
    assertCompleted(manifests);
  }

  @Test
  void s3IsDown() throws Exception {
    Load load = load();
    chain.stack().kill("s3proxy");
    try {
      awaitPaused("rif-producer", "S3", ".*");
    } finally {
      chain.stack().restart("s3proxy");
    }
    assertCompleted(load);
  }

  /** Killed while the sink has a batch that it cannot write, so that it surely notices. */
  @Test
  void postgresIsDown() throws Exception {
    Load load;
    try (Connection other = chain.database().getConnection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE ccw.partd_events IN ACCESS EXCLUSIVE MODE");
      load = load();
      awaitPaused("connect", "POSTGRES", "55P03");
      chain.stack().kill("postgres");
      awaitPaused("rif-producer", "POSTGRES", "08.*|57.*");
      awaitPaused("connect", "POSTGRES", "08.*|57.*");
    } finally {
      chain.stack().restart("postgres");
    }
    assertCompleted(load);
  }

  private record Load(Path set, List<String> manifests) {}

  private Load load() throws Exception {
    Path set = generate();
    return new Load(set, chain.load().upload(set));
  }

  private Path generate() throws Exception {
    long first = Chain.claimRecords(RECORDS);
    Path set = folder.resolve("set-" + first);
    new DataSetGenerator(Chain.request(List.of("PDE"), first, RECORDS)).write(set);
    return set;
  }

  private void assertCompleted(Load load) throws Exception {
    assertCompleted(load.manifests());
    assertThat(chain.differences("PDE", load.set().resolve(FILE), Optional.empty())).isZero();
  }

  private void assertCompleted(List<String> manifests) throws Exception {
    FileStatus file = chain.await(manifests).get(0);
    assertThat(file.state()).isEqualTo("COMPLETED");
    assertThat(file.totals().orElseThrow().applied()).isEqualTo(RECORDS);
    assertThat(file.rejects()).isEmpty();
    await("everything works again")
        .atMost(Duration.ofMinutes(1))
        .until(() -> chain.stack().pauses().isEmpty());
  }

  private void awaitPaused(String service, String neighbour, String cause) {
    await(service + " to pause")
        .atMost(Duration.ofMinutes(1))
        .until(
            () ->
                chain.stack().pauses().getOrDefault(service, List.<PausedPart>of()).stream()
                    .anyMatch(
                        part -> part.neighbour().equals(neighbour) && part.cause().matches(cause)));
  }

  /** A task that Connect starts anew works, for a moment, until it fails again. */
  private void awaitStatus(String format, String... texts) {
    await("status to tell")
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(status(format)).contains(texts));
  }

  /** What the command prints; it must say by its exit code that not all is well. */
  private String status(String format) {
    PrintStream real = System.out;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      String home = chain.stack().home().toString();
      assertThat(Riffle.run("status", "--home", home, "-o", format)).isEqualTo(Riffle.NOT_OK);
    } finally {
      System.setOut(real);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private void createRole() throws Exception {
    execute(
        """
        DO $$ BEGIN CREATE ROLE %1$s LOGIN PASSWORD '%2$s';
        EXCEPTION WHEN duplicate_object THEN NULL; END $$;
        GRANT USAGE ON SCHEMA ccw, riffle TO %1$s;
        GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ccw, riffle TO %1$s;
        GRANT USAGE ON ALL SEQUENCES IN SCHEMA ccw, riffle TO %1$s;
        """
            .formatted(ROLE, chain.stack().endpoints().postgresPassword()));
  }

  private void execute(String sql) throws Exception {
    try (Connection connection = chain.database().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Takes away the last of the file's columns that a PDE file may leave out. */
  private static void dropLastOptionalColumn(Path file) throws Exception {
    List<String> lines = Files.readAllLines(file);
    List<String> header = List.of(lines.get(0).split("\\|", -1));
    String column =
        Chain.LAYOUTS.get("PDE").fileColumns().stream()
            .filter(optional -> !optional.required() && header.contains(optional.name()))
            .reduce((earlier, later) -> later)
            .orElseThrow()
            .name();
    int at = header.indexOf(column);
    Files.write(file, lines.stream().map(line -> without(line, at)).toList());
  }

  private static String without(String line, int at) {
    List<String> fields = new ArrayList<>(List.of(line.split("\\|", -1)));
    fields.remove(at);
    return String.join("|", fields);
  }
}
