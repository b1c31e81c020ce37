package io.riffle.infra.cli;

import io.riffle.cdc.ledger.CapturedSource;
import io.riffle.cdc.ledger.Sources;
import io.riffle.cdc.obfuscate.RuleException;
import io.riffle.cdc.rules.SourceRules;
import io.riffle.cdc.source.SourceDatabase;
import io.riffle.config.Secret;
import io.riffle.operations.site.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code riffle cdc rules}. */
@Command(
    name = "rules",
    description =
        "Hide a source's columns by other rules from now on: after its tables have changed, too,"
            + " for columns that are new are not read before. What is on topics and in tables"
            + " already stays as it is.")
final class CdcRulesCommand implements Callable<Integer> {
  @ParentCommand private CdcCommand cdc;

  @Parameters(index = "0", paramLabel = "NAME", description = "The source")
  private String name;

  @Parameters(index = "1", paramLabel = "RULES", description = "The file of rules")
  private Path rules;

  @Mixin private OperatorName operator = new OperatorName();

  @Override
  public Integer call() throws SQLException, IOException, InterruptedException {
    return cdc.notes(operator.name())
        .act(
            "CDC_RULES",
            name,
            Optional.empty(),
            this::change,
            code -> code == Riffle.OK ? "REQUESTED" : "refused by the rules");
  }

  private int change() throws SQLException, IOException {
    try (Connection ledger = cdc.ledger()) {
      CapturedSource source = CdcCommand.source(ledger, name);
      if (source.rules().isEmpty()) {
        throw new StackException(
            name + " was added without rules: what it has sent is not hidden; remove it first");
      }
      Secret password = cdc.secrets().read(source.spec().secret(), System.getenv());
      SourceDatabase database =
          new SourceDatabase(source.spec().url(), source.spec().user(), password);
      try (Connection connection = database.open()) {
        SourceRules completed =
            SourceRules.complete(
                Files.readString(rules), new Sources(ledger).tables(name), connection);
        new Sources(ledger).rules(name, completed.text());
      }
    } catch (RuleException e) {
      System.err.println(e.getMessage());
      return Riffle.NOT_OK;
    }
    System.out.println(name + ": its connector takes the rules with its next look");
    return Riffle.OK;
  }
}
