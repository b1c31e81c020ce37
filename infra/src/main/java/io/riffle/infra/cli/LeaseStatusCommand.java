package io.riffle.infra.cli;

import io.riffle.lease.LeaseStatus;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code riffle lease status}. */
@Command(name = "status", description = "Who has the lease, since when, and who waits for it.")
final class LeaseStatusCommand implements Callable<Integer> {
  @ParentCommand private LeaseCommand lease;

  @Override
  public Integer call() throws SQLException {
    try (Connection connection = lease.database().getConnection()) {
      new LeaseReport(LeaseStatus.read(connection)).print(lease.options());
    }
    return Riffle.OK;
  }
}
