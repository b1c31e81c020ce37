package io.riffle.infra.cli;

import io.riffle.operations.client.PostgresClient;
import io.riffle.operations.replay.ReplayLedger;
import io.riffle.operations.site.Endpoints;
import java.sql.SQLException;
import javax.sql.DataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code riffle replay}. */
@Command(
    name = "replay",
    description = {
      "Write tables again from their topics: by table, topic and time, file or key.",
      "plan changes nothing; run does what a plan says, beside the live sink."
    },
    subcommands = {
      ReplayPlanCommand.class,
      ReplayRunCommand.class,
      ReplayListCommand.class,
      ReplayShowCommand.class,
      ReplayCancelCommand.class,
      ReplayDropCommand.class
    })
final class ReplayCommand {
  @ParentCommand private Riffle riffle;

  StackOptions options() {
    return riffle.options();
  }

  Endpoints endpoints() {
    return options().stack().endpoints();
  }

  Replays replays() throws SQLException {
    return new Replays(options().stack(), ledger());
  }

  ReplayLedger ledger() {
    return new ReplayLedger(database());
  }

  /** The set's. */
  DataSource database() {
    return PostgresClient.dataSource(endpoints());
  }

  /** Notes of what is done to a replay, and in what state it was found. */
  NotedReplay noted(String by, long id) throws SQLException {
    return new NotedReplay(CommandNotes.by(by, database()), ledger(), id);
  }
}
