package io.riffle.infra.cli;

import io.riffle.operations.client.PostgresClient;
import java.time.Duration;
import javax.sql.DataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code riffle lease}. */
@Command(
    name = "lease",
    description = "Who may load into the set's database: one deployment, or one other program.",
    subcommands = {LeaseStatusCommand.class, LeaseExecCommand.class})
final class LeaseCommand {
  /** Longer than a wait for a lock; half a lifetime of the lease, whose renewal may not hang. */
  private static final Duration SILENCE = Duration.ofSeconds(15);

  @ParentCommand private Riffle riffle;

  StackOptions options() {
    return riffle.options();
  }

  DataSource database() {
    return PostgresClient.dataSource(options().stack().endpoints(), SILENCE);
  }
}
