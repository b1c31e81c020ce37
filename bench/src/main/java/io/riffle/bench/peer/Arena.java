package io.riffle.bench.peer;

import io.riffle.bench.meter.Meter;
import io.riffle.bench.meter.Quiet;
import io.riffle.bench.round.Measurement;
import io.riffle.operations.client.KafkaAdmin;
import io.riffle.operations.site.Endpoints;
import io.riffle.operations.site.StackException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;

/** Where sinks run: one topic, one database, one Connect worker, one sink at a time. */
final class Arena {
  private static final Duration LOOK = Duration.ofMillis(50);

  /** Between looks at the connector's health: they cost the worker something. */
  private static final int LOOKS_PER_CHECK = 40;

  private static final double NANOS = 1e9;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long SLOWEST_RECORDS_PER_SECOND = 500;

  private final Endpoints endpoints;
  private final DuelTopic topic;
  private final DuelDatabase database;
  private final Meter meter;
  private final ConnectWorker worker;
  private int runs;

  Arena(Endpoints endpoints, DuelTopic topic, DuelDatabase database, Meter meter) {
    this.endpoints = endpoints;
    this.topic = topic;
    this.database = database;
    this.meter = meter;
    this.worker = new ConnectWorker(endpoints.connectUrl());
  }

  /** Loads the topic into empty tables. */
  Outcome run(Contestant sink)
      throws IOException, InterruptedException, SQLException, ExecutionException {
    database.renew();
    Quiet.await(meter, PATIENCE);
    String connector = topic.set() + "-" + sink.name() + "-" + ++runs;
    Map<String, String> config = sink.config(topic.name(), database.jdbcUrl());
    config.put("name", connector);
    try (Connection connection = database.open()) {
      sink.prepare(connection);
      Measurement cost = measure(sink.title(), connector, config, new PdeTable(connection));
      return new Outcome(cost, requireAll(connector, new PdeTable(connection)));
    } finally {
      remove(connector);
    }
  }

  /**
   * What came of a run.
   *
   * @param digest of the table
   */
  record Outcome(Measurement cost, String digest) {}

  private Measurement measure(
      String sink, String connector, Map<String, String> config, PdeTable table)
      throws IOException, InterruptedException, SQLException {
    TopicCopy.Copied content = topic.content();
    Meter.Reading reading = meter.begin();
    long begin = System.nanoTime();
    worker.create(connector, config);
    awaitLastRows(connector, table, begin);
    double seconds = (System.nanoTime() - begin) / NANOS;
    return new Measurement(
        sink, content.records(), content.records(), content.bytes(), seconds, reading.end());
  }

  /** A sink commits a partition in its order, so the last key of each says that all are there. */
  private void awaitLastRows(String connector, PdeTable table, long begin)
      throws IOException, InterruptedException, SQLException {
    List<Long> keys = topic.content().lastKeys();
    Duration patience =
        PATIENCE.plusSeconds(topic.content().records() / SLOWEST_RECORDS_PER_SECOND);
    for (int look = 1; table.count(keys) < keys.size(); look++) {
      if (look % LOOKS_PER_CHECK == 0) {
        worker.requireHealthy(connector);
      }
      if (System.nanoTime() - begin > patience.toNanos()) {
        throw new StackException(connector + " is not done after " + patience.toSeconds() + " s");
      }
      Thread.sleep(LOOK.toMillis());
    }
  }

  private String requireAll(String connector, PdeTable table) throws SQLException {
    long rows = table.count();
    if (rows != topic.content().records()) {
      throw new StackException(
          "%s stored %d rows of %d records".formatted(connector, rows, topic.content().records()));
    }
    return table.digest();
  }

  /** Gone with its group: the next sink has the worker for itself. */
  private void remove(String connector)
      throws IOException, InterruptedException, ExecutionException {
    worker.delete(connector);
    try (Admin admin = KafkaAdmin.open(endpoints)) {
      while (!isGone(admin, "connect-" + connector)) {
        Thread.sleep(LOOK.toMillis());
      }
    }
  }

  private static boolean isGone(Admin admin, String group)
      throws InterruptedException, ExecutionException {
    try {
      admin.deleteConsumerGroups(List.of(group)).all().get();
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GroupNotEmptyException) {
        return false;
      }
      if (e.getCause() instanceof GroupIdNotFoundException) {
        return true;
      }
      throw e;
    }
  }
}
