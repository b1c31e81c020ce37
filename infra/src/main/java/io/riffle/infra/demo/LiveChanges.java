package io.riffle.infra.demo;

import io.riffle.infra.sources.Capturing;
import io.riffle.infra.sources.SourceDatabase;
import io.riffle.infra.stack.LocalStack;
import io.riffle.operations.client.PostgresClient;
import io.riffle.operations.site.Endpoints;
import io.riffle.samples.SampleSource;
import io.riffle.samples.change.ChangePlan;
import io.riffle.samples.change.SteadyChanges;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Some changes a second in each of some sample sources, which are captured, and how far staging is
 * behind them. Tables without a key are left alone. Goes on while servers are away.
 */
public final class LiveChanges implements AutoCloseable {

  private static final double RATE = 5;
  private static final int SESSIONS = 1; // that has short transactions only
  private static final int LONGEST = 1;

  /** The server may be silent; nothing is lost when a thread is left behind then. */
  private static final Duration END = Duration.ofSeconds(3);

  private final List<Live> sources = new ArrayList<>();

  private record Live(SteadyChanges changes, List<String> tables, StagedTables staged, Lag lag) {

    Duration behind() throws SQLException {
      // first: what is committed between the two looks would seem to be missing in staging
      var committed = changes.lastCommit();
      var last = staged.last(tables);
      return lag.look(Instant.now(), committed, last);
    }
  }

  private LiveChanges() {}

  /** Begins to change the sources. */
  public static LiveChanges start(LocalStack stack, List<SampleSource> samples, long seed)
      throws SQLException {
    Endpoints endpoints = stack.endpoints();
    Capturing capturing = new Capturing(stack);
    DataSource target = PostgresClient.dataSource(endpoints, Duration.ofSeconds(5));
    ChangePlan plan = ChangePlan.of(seed).withRate(RATE).withSessions(SESSIONS, LONGEST);
    LiveChanges live = new LiveChanges();
    for (SampleSource source : samples) {
      DataSource database = new SourceDatabase(endpoints, source.id()).dataSource();
      List<String> tables = capturing.streamed(source.id());
      live.sources.add(
          new Live(
              SteadyChanges.start(database, source, tables, plan),
              tables,
              new StagedTables(target, source.id()),
              new Lag()));
    }
    return live;
  }

  /** Changes that were committed until now. */
  public long written() {
    return sources.stream().mapToLong(live -> live.changes().written()).sum();
  }

  /**
   * How far staging is behind the source that it is further behind. Ask every second or so.
   *
   * @throws SQLException when the target does not answer
   */
  public Duration behind() throws SQLException {
    Duration most = Duration.ZERO;
    for (Live live : sources) {
      Duration behind = live.behind();
      most = behind.compareTo(most) > 0 ? behind : most;
    }
    return most;
  }

  /** Ends within some seconds; what is open is rolled back. */
  @Override
  public void close() {
    sources.forEach(live -> live.changes().close());
    try {
      for (Live live : sources) {
        live.changes().awaitEnd(END);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
