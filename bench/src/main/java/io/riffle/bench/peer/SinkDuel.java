package io.riffle.bench.peer;

import io.riffle.bench.meter.Meter;
import io.riffle.bench.round.SinkPeer.Race;
import io.riffle.operations.site.Endpoints;
import io.riffle.operations.site.StackException;
import io.riffle.schemas.topics.Topics;
import java.io.IOException;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/**
 * Riffle's sink and the Debezium JDBC sink store the same merged PDE records, one after the other,
 * in the same worker, with the same number of tasks, into empty tables of the same migration. What
 * Connect and Postgres use is measured.
 */
final class SinkDuel {
  private final Endpoints endpoints;
  private final Map<String, Long> pids;

  /**
   * @param pids of the services, by name; Connect's and Postgres' are looked at
   */
  SinkDuel(Endpoints endpoints, Map<String, Long> pids) {
    this.endpoints = endpoints;
    this.pids = new LinkedHashMap<>(pids);
    this.pids.keySet().retainAll(Set.of("connect", Meter.POSTGRES));
  }

  /**
   * Runs both.
   *
   * @param records how many of the set's merged PDE records to use at most, from the first
   * @throws StackException when a sink fails, or the two store different rows
   */
  Race run(long records, boolean riffleFirst)
      throws IOException, InterruptedException, SQLException, ExecutionException {
    Map<String, String> inUse = sinkInUse();
    try (DuelDatabase database = DuelDatabase.create(endpoints);
        DuelTopic topic = DuelTopic.copy(endpoints, records);
        Meter meter = new Meter(pids)) {
      Arena arena = new Arena(endpoints, topic, database, meter);
      Contestant riffle = new RiffleSink(inUse, topic.set());
      Contestant debezium = DebeziumSink.of(endpoints, inUse.get("tasks.max"), Inserts.ARRAYS);
      Arena.Outcome first = arena.run(riffleFirst ? riffle : debezium);
      Arena.Outcome second = arena.run(riffleFirst ? debezium : riffle);
      requireEqual(first, second);
      return riffleFirst
          ? new Race(first.cost(), second.cost())
          : new Race(second.cost(), first.cost());
    }
  }

  private static void requireEqual(Arena.Outcome one, Arena.Outcome other) {
    if (!one.digest().equals(other.digest())) {
      throw new StackException("the two sinks have stored different rows");
    }
  }

  private Map<String, String> sinkInUse() throws IOException, InterruptedException {
    ConnectWorker worker = new ConnectWorker(endpoints.connectUrl());
    if (!worker.hasPlugin(DebeziumSink.CONNECTOR)) {
      throw new StackException("the Connect worker was started without the peer's plug-ins");
    }
    return worker.config(new Topics(endpoints.set().text()).sinkConnector());
  }
}
