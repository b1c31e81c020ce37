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
    List<Standing> others = new ArrayList<>(pauses.get());
    Optional<LedgerFacts> facts = facts();
    double rows = facts.isPresent() && before.isPresent() ? written(facts.get()) : 0;
    before = facts.or(() -> before);
    connectors(others);
    Pipeline claims = new ClaimsPipeline(topics).of(lag(others), facts, rows, others);
    return new Overview(Instant.now(), List.of(claims));
  }

  private double written(LedgerFacts now) {
    return now.writtenSince(before.orElseThrow());
  }

  private Optional<LedgerFacts> facts() {
    try (Connection connection = database.getConnection()) {
      topics = topics.at(Generations.read(connection).current());
      return Optional.of(LedgerFacts.read(connection, Endpoints.TABLES_SCHEMA));
    } catch (SQLException e) {
      return Optional.empty();
    }
  }

  private void connectors(List<Standing> others) throws InterruptedException {
    try {
      Connector sink = Connector.all(endpoints.connectUrl()).get(topics.sinkConnector());
      if (sink == null) {
        others.add(
            new Standing(PipelineState.STOPPED, "there is no connector " + topics.sinkConnector()));
      } else {
        others.addAll(sink.standings());
      }
    } catch (IOException e) {
      others.add(new Standing(PipelineState.DEGRADED, "Connect does not answer"));
    }
  }

  private LagReport lag(List<Standing> others) throws InterruptedException {
    try {
      return lags.look(topics::isGroup);
    } catch (ExecutionException | TimeoutException e) {
      others.add(new Standing(PipelineState.FAILED, "Kafka does not answer"));
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
