package io.riffle.infra.cli;

import io.riffle.cdc.ledger.CapturedSource;
import io.riffle.cdc.ledger.Wanted;
import io.riffle.cdc.source.SecretFolder;
import io.riffle.infra.stack.LocalStack;
import io.riffle.operations.activity.ActionNotes;
import io.riffle.operations.cdc.SourceOrders;
import io.riffle.operations.client.PostgresClient;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code riffle cdc}. */
@Command(
    name = "cdc",
    description = "Captured databases: their changes are streamed into staging tables.",
    subcommands = {
      CdcAddCommand.class,
      CdcListCommand.class,
      CdcStatusCommand.class,
      CdcPauseCommand.class,
      CdcResumeCommand.class,
      CdcSnapshotCommand.class,
      CdcRemoveCommand.class,
      CdcRulesCommand.class,
      CdcLoadArchiveCommand.class,
    })
final class CdcCommand {
  private static final Duration SILENCE = Duration.ofSeconds(15);

  @ParentCommand private Riffle riffle;

  StackOptions options() {
    return riffle.options();
  }

  /** To the ledger of sources; the caller closes it. */
  Connection ledger() throws SQLException {
    return database().getConnection();
  }

  private DataSource database() {
    return PostgresClient.dataSource(options().stack().endpoints(), SILENCE);
  }

  /** Where what is done to sources is noted. */
  ActionNotes notes(String by) {
    return CommandNotes.by(by, database());
  }

  /** Where the stack's programs look for passwords of sources. */
  SecretFolder secrets() {
    LocalStack stack = options().stack();
    return new SecretFolder(stack.cdcSecrets(), "${secrets:" + stack.cdcSecrets() + ":%s}");
  }

  /** A source that is there. */
  static CapturedSource source(Connection ledger, String name) throws SQLException {
    return new SourceOrders(ledger).source(name);
  }

  /**
   * Asks for what is wanted of a source.
   *
   * @param action its name in {@code riffle.activity}
   * @throws io.riffle.operations.site.StackException when there is none of that name, or it is
   *     being removed
   */
  void want(String name, Wanted wanted, String action, String by)
      throws SQLException, InterruptedException {
    notes(by)
        .act(
            action,
            name,
            Optional.empty(),
            () -> {
              try (Connection ledger = ledger()) {
                new SourceOrders(ledger).want(name, wanted);
                return wanted.name();
              }
            },
            done -> done);
  }
}
