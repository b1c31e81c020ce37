package io.riffle.bench.peer;

import io.riffle.infra.site.Endpoints;
import io.riffle.infra.site.StackException;
import io.riffle.infra.stack.LocalStack;
import io.riffle.schemas.topics.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/**
 * Riffle's sink and the Debezium JDBC sink store the same merged PDE records, one after the other,
 * in the same worker, with the same number of tasks, into empty tables of the same migration.
 *
 * <pre>{@code
 * LocalStack stack = LocalStack.in(home).connectPlugins(SinkDuel.plugins(root)).open();
 * stack.start();
 * // load PDE records, then
 * List<Duel> duels = SinkDuel.run(stack, 100_000, 3);
 * }</pre>
 */
public final class SinkDuel {

  private SinkDuel() {}

  /**
   * The plug-in folder of the peer, for the stack's Connect worker.
   *
   * @throws StackException when it was not built: a quick build leaves it out
   */
  public static Path plugins(Path root) {
    Path plugins = root.resolve("bench/peer/target/plugins");
    if (!Files.isDirectory(plugins)) {
      throw new StackException(
          "the Debezium JDBC sink is not there: mvn -Ppeer -Dquick -pl bench/peer package");
    }
    return plugins;
  }

  /**
   * Runs both once unmeasured, then in turns; who begins changes with each turn.
   *
   * @param records how many of the set's merged PDE records to use, from the first
   * @param runs measured runs of each
   * @throws StackException when the topic has too few records, keys that were loaded twice, or the
   *     two tables differ
   */
  public static List<Duel> run(LocalStack stack, long records, int runs)
      throws IOException, InterruptedException, SQLException, ExecutionException {
    Endpoints endpoints = stack.endpoints();
    Map<String, String> inUse = sinkInUse(endpoints);
    try (DuelDatabase database = DuelDatabase.create(endpoints);
        DuelTopic topic = DuelTopic.copy(endpoints, records)) {
      Arena arena = new Arena(stack, topic, database);
      Contestant riffle = new RiffleSink(inUse, topic.set());
      Contestant debezium = DebeziumSink.of(endpoints, inUse.get("tasks.max"));
      List<Duel> duels = new ArrayList<>();
      duel(arena, riffle, debezium, true); // warms the worker up
      for (int run = 0; run < runs; run++) {
        duels.add(duel(arena, riffle, debezium, run % 2 == 0));
      }
      return duels;
    }
  }

  private static Duel duel(Arena arena, Contestant riffle, Contestant debezium, boolean riffleFirst)
      throws IOException, InterruptedException, SQLException, ExecutionException {
    Arena.Outcome first = arena.run(riffleFirst ? riffle : debezium);
    Arena.Outcome second = arena.run(riffleFirst ? debezium : riffle);
    if (!first.digest().equals(second.digest())) {
      throw new StackException("the two sinks have stored different rows");
    }
    return riffleFirst
        ? new Duel(first.cost(), second.cost())
        : new Duel(second.cost(), first.cost());
  }

  private static Map<String, String> sinkInUse(Endpoints endpoints)
      throws IOException, InterruptedException {
    ConnectWorker worker = new ConnectWorker(endpoints.connectUrl());
    if (!worker.hasPlugin(DebeziumSink.CONNECTOR)) {
      throw new StackException("the Connect worker was started without the peer's plug-ins");
    }
    return worker.config(new Topics(endpoints.set().text()).sinkConnector());
  }
}
