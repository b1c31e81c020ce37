package io.riffle.infra.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.lease.HeldLease;
import io.riffle.lease.Lease;
import io.riffle.lease.LeaseAnswer;
import io.riffle.lease.LeaseAnswer.Elsewhere;
import io.riffle.lease.LeaseParty;
import io.riffle.lease.LeaseStatus;
import io.riffle.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.OptionalLong;

/** A database of its own with the lease, and those who ask for it. */
abstract class LeaseFixture {
  static final Duration LIFETIME = Duration.ofMillis(800);
  static final Duration LONG = Duration.ofMinutes(10);
  static final Duration SOON = Duration.ofSeconds(20);

  final TestPostgres postgres;

  LeaseFixture(TestPostgres postgres) {
    this.postgres = postgres;
  }

  final Party party(String holder, Duration lifetime) {
    return new Party(new Lease(LeaseParty.of(holder, "one", lifetime)));
  }

  /** A process that calls when it is told to. */
  final class Party {
    private final Lease lease;

    Party(Lease lease) {
      this.lease = lease;
    }

    OptionalLong ask() throws SQLException {
      try (Connection connection = postgres.connect()) {
        LeaseAnswer answer = lease.acquire(connection);
        return answer instanceof Elsewhere
            ? OptionalLong.empty()
            : OptionalLong.of(answer.orElseThrow());
      }
    }

    boolean renew(long token) throws SQLException {
      try (Connection connection = postgres.connect()) {
        return lease.renew(connection, token);
      }
    }

    boolean isMine(long token) throws SQLException {
      return status().token() == token;
    }

    void leave() throws SQLException {
      try (Connection connection = postgres.connect()) {
        lease.release(connection);
      }
    }
  }

  final HeldLease borrow(String holder, Duration lifetime, Duration patience) {
    try {
      LeaseParty party = LeaseParty.of(holder, "command", lifetime);
      return HeldLease.borrow(postgres.dataSource(), party, patience);
    } catch (SQLException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One that may write. */
  final Connection transaction(long token) throws SQLException {
    Connection writer = postgres.connect();
    writer.setAutoCommit(false);
    assertThat(Lease.check(writer, token)).isTrue();
    return writer;
  }

  final boolean check(long token) throws SQLException {
    try (Connection connection = postgres.connect()) {
      return Lease.check(connection, token);
    }
  }

  final LeaseStatus status() throws SQLException {
    try (Connection connection = postgres.connect()) {
      return LeaseStatus.read(connection);
    }
  }

  final long number(String sql) throws SQLException {
    try (Connection connection = postgres.connect();
        var row = connection.createStatement().executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
