package io.riffle.infra.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.riffle.infra.cli.Riffle;
import io.riffle.infra.generate.DataSetGenerator;
import io.riffle.infra.generate.GenerateRequest;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sets of some records, what is done to their rows, and {@code riffle replay}. */
final class Replays {
  static final int RECORDS = 400;
  static final String PDE_FILE = "pde_1.csv";

  private final Chain chain = Chain.shared();
  private final Path folder;

  /**
   * @param folder for generated files and logs
   */
  Replays(Path folder) {
    this.folder = folder;
  }

  /** Loads records of these types. */
  Path load(long first, String... types) throws Exception {
    Path set = folder.resolve("set-" + first);
    new DataSetGenerator(Chain.request(List.of(types), first, RECORDS)).write(set);
    assertThat(chain.load(set)).allMatch(file -> file.state().equals("COMPLETED"));
    for (String type : types) {
      assertThat(differences(type, set)).isZero();
    }
    return set;
  }

  /** Rows of a set that are not in their tables as the files have them. */
  long differences(String type, Path set) throws Exception {
    String name = type.equals("PDE") ? PDE_FILE : "carrier_1.csv";
    return chain.differences(type, set.resolve(name), Optional.empty());
  }

  void delete(String table, String key, long first, int records) throws SQLException {
    execute("DELETE FROM ccw." + table + " WHERE " + between(key, first, records));
  }

  /** Keys are negative, and go down. */
  static String between(String key, long first, int records) {
    return "%s BETWEEN %d AND %d"
        .formatted(key, GenerateRequest.key(first + records - 1), GenerateRequest.key(first));
  }

  /** Changes some rows, past Riffle. */
  void execute(String sql) throws SQLException {
    try (Connection connection = chain.database().getConnection();
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(sql)).isPositive();
    }
  }

  /** A plan. */
  JsonNode plan(String... words) throws Exception {
    List<String> line = new ArrayList<>(List.of("replay", "plan"));
    line.addAll(List.of(words));
    return json(line.toArray(String[]::new));
  }

  /** A plan that is run to its end. */
  JsonNode replay(String... words) throws Exception {
    return json("replay", "run", plan(words).get("replay").asText());
  }

  JsonNode json(String... words) throws Exception {
    List<String> line = new ArrayList<>(List.of("-o", "json"));
    line.addAll(List.of(words));
    return new ObjectMapper().readTree(cli().run(Riffle.OK, line.toArray(String[]::new)).out());
  }

  static String state(JsonNode replay) {
    return replay.get("state").asText();
  }

  Cli cli() {
    return new Cli(chain.stack().home());
  }

  /** What {@link #start} has printed. */
  Path log() {
    return folder.resolve("run.log");
  }

  /** Runs a command in a process of its own. */
  Process start(String... words) throws Exception {
    List<String> line = new ArrayList<>();
    line.add(ProcessHandle.current().info().command().orElseThrow());
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), Riffle.class.getName()));
    line.addAll(List.of("--home", chain.stack().home().toString()));
    line.addAll(List.of(words));
    return new ProcessBuilder(line)
        .redirectErrorStream(true)
        .redirectOutput(log().toFile())
        .start();
  }
}
