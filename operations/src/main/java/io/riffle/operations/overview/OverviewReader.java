package io.riffle.operations.overview;

import io.riffle.generation.Generations;
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
  private final Endpoints endpoints;
  private final DataSource database;
  private final Lags lags;
  private final AutoCloseable clients;
  private final Supplier<List<Standing>> pauses;
  private Topics topics;
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
   * One look more; rates are of the time since the first one, five minutes at most, and that of
   * rows since the one before. What does not answer is a reason, not an error.
   */
  public Overview look() throws InterruptedException {
    List<Standing> claims = new ArrayList<>(pauses.get());
    List<Standing> captured = new ArrayList<>();
    Optional<LedgerFacts> facts = facts();
    double rows = facts.isPresent() && before.isPresent() ? written(facts.get()) : 0;
    before = facts.or(() -> before);
    connectors(claims, captured);
    LagReport lag = lag(claims, captured);
    List<Pipeline> pipelines = new ArrayList<>();
    pipelines.add(new ClaimsPipeline(topics).of(lag, facts, rows, claims));
    facts.ifPresent(known -> pipelines.addAll(captured(known, lag, captured)));
    return new Overview(Instant.now(), pipelines);
  }

  private List<Pipeline> captured(LedgerFacts facts, LagReport lag, List<Standing> sink) {
    CapturedPipeline pipeline = new CapturedPipeline(topics);
    return facts.sources().stream()
        .map(one -> pipeline.of(one, facts.rejectsOf(one.source().name()), lag, sink))
        .toList();
  }

  private double written(LedgerFacts now) {
    return now.writtenSince(before.orElseThrow());
  }

  private Optional<LedgerFacts> facts() {
    try (Connection connection = database.getConnection()) {
      topics = topics.at(Generations.read(connection).current());
      return Optional.of(LedgerFacts.read(connection, topics));
    } catch (SQLException e) {
      return Optional.empty();
    }
  }

  private void connectors(List<Standing> claims, List<Standing> captured)
      throws InterruptedException {
    try {
      Map<String, Connector> all = Connector.all(endpoints.connectUrl());
      claims.addAll(standings(all, topics.sinkConnector()));
      captured.addAll(standings(all, topics.stagingConnector()));
    } catch (IOException e) {
      Standing silent = new Standing(PipelineState.DEGRADED, "Connect does not answer");
      claims.add(silent);
      captured.add(silent);
    }
  }

  private static List<Standing> standings(Map<String, Connector> all, String name) {
    Connector connector = all.get(name);
    return connector == null
        ? List.of(new Standing(PipelineState.STOPPED, "there is no connector " + name))
        : connector.standings();
  }

  private LagReport lag(List<Standing> claims, List<Standing> captured)
      throws InterruptedException {
    try {
      return lags.look(topics::isGroup);
    } catch (ExecutionException | TimeoutException e) {
      Standing silent = new Standing(PipelineState.FAILED, "Kafka does not answer");
      claims.add(silent);
      captured.add(silent);
      return new LagReport(Instant.now(), List.of());
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
