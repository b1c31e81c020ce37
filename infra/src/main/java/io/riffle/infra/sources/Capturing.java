package io.riffle.infra.sources;

import io.riffle.cdc.ledger.CapturedSource;
import io.riffle.cdc.ledger.Snapshots;
import io.riffle.cdc.ledger.SourceState;
import io.riffle.cdc.ledger.Sources;
import io.riffle.cdc.ledger.Wanted;
import io.riffle.cdc.source.CapturedTable;
import io.riffle.cdc.source.SecretFolder;
import io.riffle.cdc.source.SourceSpec;
import io.riffle.cdc.source.SourceUrl;
import io.riffle.cdc.source.TableName;
import io.riffle.config.Secret;
import io.riffle.infra.stack.LocalStack;
import io.riffle.operations.client.PostgresClient;
import io.riffle.operations.site.Endpoints;
import io.riffle.operations.site.StackException;
import io.riffle.samples.SampleSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Captures source databases of the stack's own Postgres, as {@code riffle cdc} does, for demo and
 * bench. Their password is the target's.
 */
public final class Capturing {

  private static final String BY = "riffle";
  private static final Duration LOOK = Duration.ofMillis(250);
  private static final Duration REMOVAL = Duration.ofMinutes(1);
  private static final Set<SourceState> HOPELESS = Set.of(SourceState.REFUSED, SourceState.GAP);

  /** A table is all there when the sink has seen the mark at the end of its snapshot. */
  private static final String ARRIVED =
      "SELECT count(*) FROM riffle.staging_tables WHERE source = ? AND swept_at IS NOT NULL";

  private final Endpoints endpoints;
  private final SecretFolder secrets;

  public Capturing(LocalStack stack) {
    this(stack.endpoints(), new SecretFolder(stack.cdcSecrets(), ""));
  }

  Capturing(Endpoints endpoints, SecretFolder secrets) {
    this.endpoints = endpoints;
    this.secrets = secrets;
  }

  /**
   * Asks for it; cdc-source does it, and first snapshots of the tables follow.
   *
   * @param name of the source
   * @param tables of its schema {@value SampleSource#SCHEMA}
   * @throws StackException when there is one of that name
   */
  public void add(String name, SourceDatabase database, List<String> tables) throws SQLException {
    add(name, database, tables, SourceSpec.USUAL_RELOAD);
  }

  /**
   * The same.
   *
   * @param reload how often tables without a key are read again
   */
  public void add(String name, SourceDatabase database, List<String> tables, Duration reload)
      throws SQLException {
    SourceSpec spec =
        new SourceSpec(
            name,
            SourceUrl.parse(database.jdbcUrl()),
            endpoints.postgresUser(),
            SecretFolder.placeOf(name),
            tables.stream().map(table -> new TableName(SampleSource.SCHEMA, table)).toList(),
            SourceSpec.USUAL_CHUNK,
            reload);
    secrets.write(name, Secret.of(endpoints.postgresPassword()));
    try (Connection ledger = ledger()) {
      if (!new Sources(ledger).add(spec, false, BY)) {
        throw new StackException("there is a source '" + name + "' already");
      }
    }
  }

  /**
   * Whether there is a source of that name.
   *
   * @throws StackException when it is one of another database, its values are changed on their way,
   *     somebody has paused it, or it cannot go on by itself
   */
  public boolean has(String name, SourceDatabase database) throws SQLException {
    try (Connection ledger = ledger()) {
      Optional<CapturedSource> source = new Sources(ledger).find(name);
      source.flatMap(one -> obstacle(one, database)).ifPresent(Capturing::refuse);
      return source.isPresent();
    }
  }

  private static Optional<String> obstacle(CapturedSource source, SourceDatabase database) {
    if (!source.spec().url().jdbc().equals(SourceUrl.parse(database.jdbcUrl()).jdbc())) {
      return Optional.of("there is another source '" + source.name() + "'");
    }
    if (source.rules().isPresent()) {
      return Optional.of("the source '" + source.name() + "' is captured with rules");
    }
    return source.wanted() == Wanted.RUNNING && !HOPELESS.contains(source.state())
        ? Optional.empty()
        : Optional.of("the source '" + source.name() + "' is " + state(source));
  }

  private static String state(CapturedSource source) {
    return source.state() + source.reason().map(reason -> ": " + reason).orElse("");
  }

  private static void refuse(String obstacle) {
    throw new StackException(obstacle + " (riffle cdc list tells more; --set takes another set)");
  }

  /** Those of its tables whose changes are streamed, because they have a key. */
  public List<String> streamed(String name) throws SQLException {
    try (Connection ledger = ledger()) {
      return new Sources(ledger)
          .tables(name).stream()
              .filter(CapturedTable::hasKey)
              .map(table -> table.name().table())
              .toList();
    }
  }

  /** Has tables without a key read again now; one of which that waits or runs is left alone. */
  public void reload(String name) throws SQLException {
    try (Connection ledger = ledger()) {
      Optional<CapturedSource> source = new Sources(ledger).find(name);
      for (CapturedTable table : new Sources(ledger).tables(name)) {
        if (source.isPresent() && !table.hasKey()) {
          new Snapshots(ledger).request(name, table, source.get().epoch(), BY);
        }
      }
    }
  }

  /**
   * Waits until so many tables of a source are in staging, with all rows of their snapshots.
   *
   * @throws StackException when they are not in time, or the source is refused
   */
  public void awaitSnapshots(String name, int tables, Duration patience)
      throws SQLException, InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    try (Connection ledger = ledger()) {
      while (arrived(ledger, name) < tables) {
        CapturedSource source =
            new Sources(ledger)
                .find(name)
                .orElseThrow(() -> new StackException("there is no source '" + name + "'"));
        if (HOPELESS.contains(source.state()) || System.nanoTime() > deadline) {
          throw new StackException("%s has not arrived; it is %s".formatted(name, state(source)));
        }
        Thread.sleep(LOOK.toMillis());
      }
    }
  }

  /**
   * Ends it, if there is one of that name, and deletes its staging tables.
   *
   * @throws StackException when it is not gone within a minute
   */
  public void remove(String name) throws SQLException, InterruptedException {
    long deadline = System.nanoTime() + REMOVAL.toNanos();
    try (Connection ledger = ledger()) {
      Sources sources = new Sources(ledger);
      Optional<CapturedSource> source = sources.find(name);
      if (source.isPresent()) {
        sources.wantRemoved(name, true);
      }
      while (source.isPresent()) {
        if (System.nanoTime() > deadline) {
          throw new StackException(name + " is not removed yet: riffle cdc status " + name);
        }
        Thread.sleep(LOOK.toMillis());
        source = sources.find(name);
      }
    }
  }

  private static long arrived(Connection ledger, String name) throws SQLException {
    try (PreparedStatement query = ledger.prepareStatement(ARRIVED)) {
      query.setString(1, name);
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private Connection ledger() throws SQLException {
    return PostgresClient.dataSource(endpoints).getConnection();
  }
}
