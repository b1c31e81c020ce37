package io.riffle.infra.cli;

import io.riffle.cdc.ledger.CapturedSource;
import io.riffle.cdc.ledger.Sources;
import io.riffle.cdc.ledger.Wanted;
import io.riffle.cdc.source.SecretFolder;
import io.riffle.infra.stack.LocalStack;
import io.riffle.operations.client.PostgresClient;
import io.riffle.operations.site.StackException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
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
    return PostgresClient.dataSource(options().stack().endpoints(), SILENCE).getConnection();
  }

  /** Where the stack's programs look for passwords of sources. */
  SecretFolder secrets() {
    LocalStack stack = options().stack();
    return new SecretFolder(stack.cdcSecrets(), "${secrets:" + stack.cdcSecrets() + ":%s}");
  }

  /** A source that is there. */
  static CapturedSource source(Connection ledger, String name) throws SQLException {
    return new Sources(ledger)
        .find(name)
        .orElseThrow(
            () -> new StackException("there is no source '" + name + "': riffle cdc list"));
  }

  /**
   * Notes what is wanted of a source.
   *
   * @throws StackException when there is none of that name, or it is being removed
   */
  void want(String name, Wanted wanted) throws SQLException {
    try (Connection ledger = ledger()) {
      if (source(ledger, name).wanted() == Wanted.REMOVED) {
        throw new StackException(name + " is being removed");
      }
      new Sources(ledger).want(name, wanted);
    }
  }
}
