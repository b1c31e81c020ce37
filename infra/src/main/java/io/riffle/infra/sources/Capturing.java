package io.riffle.infra.sources;

import io.riffle.cdc.ledger.CapturedSource;
import io.riffle.cdc.ledger.SourceState;
import io.riffle.cdc.ledger.Sources;
import io.riffle.cdc.source.SecretFolder;
import io.riffle.cdc.source.SourceSpec;
import io.riffle.cdc.source.SourceUrl;
import io.riffle.cdc.source.TableName;
import io.riffle.config.Secret;
import io.riffle.infra.client.PostgresClient;
import io.riffle.infra.site.Endpoints;
import io.riffle.infra.site.StackException;
import io.riffle.infra.stack.LocalStack;
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

  private static final Duration LOOK = Duration.ofMillis(250);
  private static final Duration REMOVAL = Duration.ofMinutes(1);
  private static final Set<SourceState> HOPELESS = Set.of(SourceState.REFUSED, SourceState.GAP);

  /** A table is all there when the sink has seen the mark at the end of its snapshot. */
  private static final String ARRIVED =
      "SELECT count(*) FROM riffle.staging_tables WHERE source = ? AND swept_at IS NOT NULL";

  private final Endpoints endpoints;
  private final SecretFolder secrets;

  public Capturing(LocalStack stack) {
    this.endpoints = stack.endpoints();
    this.secrets = new SecretFolder(stack.cdcSecrets(), "");
  }

  /**
   * Asks for it; cdc-source does it, and first snapshots of the tables follow.
   *
   * @param name of the source
   * @param tables of its schema {@value SampleSource#SCHEMA}
   * @throws StackException when there is one of that name
   */
  public void add(String name, SourceDatabase database, List<String> tables) throws SQLException {
    SourceSpec spec =
        new SourceSpec(
            name,
            SourceUrl.parse(database.jdbcUrl()),
            endpoints.postgresUser(),
            SecretFolder.placeOf(name),
            tables.stream().map(table -> new TableName(SampleSource.SCHEMA, table)).toList(),
            SourceSpec.USUAL_CHUNK,
            SourceSpec.USUAL_RELOAD);
    secrets.write(name, Secret.of(endpoints.postgresPassword()));
    try (Connection ledger = ledger()) {
      if (!new Sources(ledger).add(spec, false, "riffle")) {
        throw new StackException("there is a source '" + name + "' already");
      }
    }
  }

  /** Whether there is a source of that name. */
  public boolean has(String name) throws SQLException {
    try (Connection ledger = ledger()) {
      return new Sources(ledger).find(name).isPresent();
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
          throw new StackException(
              "%s has not arrived; it is %s%s"
                  .formatted(name, source.state(), source.reason().map(r -> ": " + r).orElse("")));
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
