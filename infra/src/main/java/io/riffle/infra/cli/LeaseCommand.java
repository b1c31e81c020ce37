package io.riffle.infra.cli;

import io.riffle.infra.client.PostgresClient;
import javax.sql.DataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code riffle lease}. */
@Command(
    name = "lease",
    description = "Who may load into the set's database: one deployment, or one other program.",
    subcommands = {LeaseStatusCommand.class, LeaseExecCommand.class})
final class LeaseCommand {
  @ParentCommand private Riffle riffle;

  StackOptions options() {
    return riffle.options();
  }

  DataSource database() {
    return PostgresClient.dataSource(options().stack().endpoints());
  }
}
