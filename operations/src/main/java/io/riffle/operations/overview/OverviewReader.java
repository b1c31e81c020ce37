package io.riffle.operations.overview;

import io.riffle.cdc.connector.SourceConnector;
import io.riffle.generation.Generations;
import io.riffle.operations.cdc.SourceStatus;
import io.riffle.operations.client.PostgresClient;
import io.riffle.operations.lag.LagReader;
import io.riffle.operations.lag.LagReport;
import io.riffle.operations.site.Endpoints;
import io.riffle.schemas.topics.Topics;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.apache.kafka.common.errors.TimeoutException;

/** Asks Kafka, Connect and the database how everything does. For one thread. */
public final class OverviewReader implements AutoCloseable {
  private static final String CONNECTION_LOST = "08";

  private final Endpoints endpoints;
  private final DataSource database;
  private final Lags lags;
  private final AutoCloseable clients;
  private final Supplier<List<Standing>> pauses;
  private Topics topics;
  private final WrittenRows written = new WrittenRows();
  private Optional<LedgerFacts> before = Optional.empty();

  /**
   * Opens clients.
   *
   * @param patience with a server that does not answer
   * @param pauses parts that pause, as far as the caller can know
   */
  public OverviewReader(Endpoints endpoints, Duration patience, Supplier<List<Standing>> pauses) {
    this(endpoints, patience, pauses, LagReader.open(endpoints, patience));
  }

  private OverviewReader(
      Endpoints endpoints, Duration patience, Supplier<List<Standing>> pauses, LagReader own) {
    this(endpoints, patience, pauses, own::look, own);
  }

  private OverviewReader(
      Endpoints endpoints,
      Duration patience,
      Supplier<List<Standing>> pauses,
      Lags lags,
      AutoCloseable clients) {
    this.endpoints = endpoints;
    this.database = PostgresClient.dataSource(endpoints, patience);
    this.lags = lags;
    this.clients = clients;
    this.pauses = pauses;
    this.topics = new Topics(endpoints.set().text());
  }

  /** How far groups are behind, by whoever looks at it. */
  @FunctionalInterface
  public interface Lags {
    /**
     * A report that has all wanted groups, and may have others.
     *
     * @throws ExecutionException when Kafka does not answer
     * @throws TimeoutException the same
     */
    LagReport look(Predicate<String> wanted) throws ExecutionException, InterruptedException;
  }

  /** The same for a caller that looks at lags anyway. */
  public static OverviewReader over(
      Lags lags, Endpoints endpoints, Duration patience, Supplier<List<Standing>> pauses) {
    return new OverviewReader(endpoints, patience, pauses, lags, () -> {});
  }

  /**
   * One look more; rates, those of rows too, are of the last half a minute, or since the look
   * before where that is longer. What does not answer is a reason, not an error.
   */
  public Overview look() throws InterruptedException {
    List<Standing> servers = new ArrayList<>();
    Optional<LedgerFacts> facts = facts(servers);
    Optional<Double> rows = facts.flatMap(written::add);
    before = facts.or(() -> before);
    Optional<Map<String, Connector>> connectors = connectors(servers);
    Optional<LagReport> lag = lag(servers);
    List<Pipeline> pipelines = new ArrayList<>();
    pipelines.add(claims(facts, rows, connectors, lag, servers));
    pipelines.addAll(captured(facts, connectors, lag, servers));
    // lags are the caller's, and may be older than the rest
    return new Overview(lag.map(LagReport::at).orElseGet(Instant::now), pipelines);
  }

  private Pipeline claims(
      Optional<LedgerFacts> facts,
      Optional<Double> rows,
      Optional<Map<String, Connector>> connectors,
      Optional<LagReport> lag,
      List<Standing> servers) {
    List<Standing> others = new ArrayList<>(pauses.get());
    others.addAll(servers);
    others.addAll(sink(connectors, topics.sinkConnector()));
    return new ClaimsPipeline(topics)
        .of(
            lag,
            facts.map(known -> known.rejectsOf(LedgerFacts.CLAIMS)),
            rows,
            before.flatMap(LedgerFacts::lastSuccess),
            others);
  }

  /** Of sources as they were last seen: one that cannot be asked for is still there. */
  private List<Pipeline> captured(
      Optional<LedgerFacts> facts,
      Optional<Map<String, Connector>> connectors,
      Optional<LagReport> lag,
      List<Standing> servers) {
    List<Pipeline> pipelines = new ArrayList<>();
    for (SourceStatus source : before.map(LedgerFacts::sources).orElse(List.of())) {
      String name = source.source().name();
      List<Standing> others = new ArrayList<>(servers);
      others.addAll(sink(connectors, topics.stagingConnector()));
      others.addAll(failed(connectors, SourceConnector.name(topics, name)));
      Optional<Long> rejects = facts.map(known -> known.rejectsOf(name));
      pipelines.add(new CapturedPipeline(topics).of(source, rejects, lag, others));
    }
    return pipelines;
  }

  private Optional<LedgerFacts> facts(List<Standing> servers) {
    try (Connection connection = database.getConnection()) {
      topics = topics.at(Generations.read(connection).current());
      return Optional.of(LedgerFacts.read(connection, topics));
    } catch (SQLException e) {
      servers.add(new Standing(PipelineState.DEGRADED, refusal(e)));
      return Optional.empty();
    }
  }

  private static String refusal(SQLException e) {
    String state = e.getSQLState();
    return state == null || state.startsWith(CONNECTION_LOST)
        ? "the ledger's database does not answer"
        : "the ledger's database refuses: SQLSTATE " + state;
  }

  private Optional<Map<String, Connector>> connectors(List<Standing> servers)
      throws InterruptedException {
    try {
      return Optional.of(Connector.all(endpoints.connectUrl()));
    } catch (IOException e) {
      servers.add(new Standing(PipelineState.DEGRADED, "Connect does not answer"));
      return Optional.empty();
    }
  }

  /** Of a connector that must be there; nothing while nobody can say. */
  private static List<Standing> sink(Optional<Map<String, Connector>> connectors, String name) {
    if (connectors.isEmpty()) {
      return List.of();
    }
    Connector connector = connectors.get().get(name);
    return connector == null
        ? List.of(new Standing(PipelineState.STOPPED, "there is no connector " + name))
        : connector.standings();
  }

  /** A source's connector is paused and made by cdc-source, whose state for it counts. */
  private static List<Standing> failed(Optional<Map<String, Connector>> connectors, String name) {
    return connectors.map(all -> all.get(name)).stream()
        .flatMap(connector -> connector.standings().stream())
        .filter(one -> one.state() == PipelineState.FAILED)
        .toList();
  }

  private Optional<LagReport> lag(List<Standing> servers) throws InterruptedException {
    try {
      return Optional.of(lags.look(topics::isGroup));
    } catch (ExecutionException | TimeoutException e) {
      servers.add(new Standing(PipelineState.FAILED, "Kafka does not answer"));
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    try {
      clients.close();
    } catch (Exception e) {
      throw new IllegalStateException("clients of Kafka cannot be closed", e);
    }
  }
}
