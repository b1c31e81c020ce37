package io.riffle.lease;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who has the lease, as the views {@code riffle.lease_status} and {@code riffle.lease_waiting}
 * tell.
 *
 * @param holder empty: nobody
 * @param borrowed whether the holder is a program beside the deployments
 * @param lender the deployment that gets it back
 * @param since when it came to the holder, or became free, by the database's clock
 * @param heartbeatAge by the database's clock
 * @param waiting longest waiting first
 */
public record LeaseStatus(
    long token,
    Optional<String> holder,
    boolean borrowed,
    Optional<String> lender,
    Instant since,
    Duration heartbeatAge,
    Duration lifetime,
    List<Waiting> waiting) {
  private static final String STATUS =
      "SELECT token, holder, borrowed, lender, since,"
          + " (extract(epoch FROM heartbeat_age) * 1000)::bigint AS age,"
          + " (extract(epoch FROM lifetime) * 1000)::bigint AS lifetime FROM riffle.lease_status";
  private static final String WAITING =
      "SELECT holder, since FROM riffle.lease_waiting ORDER BY since, holder";

  public LeaseStatus {
    waiting = List.copyOf(waiting);
  }

  /** Somebody who wants the lease. */
  public record Waiting(String holder, Instant since) {}

  /** Reads it; several statements, so it may be about to change. */
  public static LeaseStatus read(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(STATUS);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return new LeaseStatus(
          row.getLong("token"),
          Optional.ofNullable(row.getString("holder")),
          row.getBoolean("borrowed"),
          Optional.ofNullable(row.getString("lender")),
          instant(row, "since"),
          Duration.ofMillis(row.getLong("age")),
          Duration.ofMillis(row.getLong("lifetime")),
          waiting(connection));
    }
  }

  /** The deployment whose load it is: a borrower's lender, else the holder. */
  public Optional<String> owner() {
    return lender.or(() -> holder);
  }

  /** For sentences that begin with "the lease is". */
  public String whereItIs() {
    String from = " since " + since.truncatedTo(ChronoUnit.SECONDS);
    return holder
        .map(one -> "with " + one + from)
        .orElseGet(() -> lender.map(one -> "kept for " + one + from).orElse("free"));
  }

  private static List<Waiting> waiting(Connection connection) throws SQLException {
    List<Waiting> waiting = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(WAITING);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        waiting.add(new Waiting(rows.getString("holder"), instant(rows, "since")));
      }
    }
    return waiting;
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
