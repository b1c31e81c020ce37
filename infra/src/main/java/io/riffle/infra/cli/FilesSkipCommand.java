package io.riffle.infra.cli;

import io.riffle.operations.client.PostgresClient;
import io.riffle.operations.ledger.FileOrder;
import io.riffle.operations.ledger.FileOrders;
import io.riffle.operations.ledger.NotedOrder;
import io.riffle.operations.ledger.Ordered;
import io.riffle.operations.ledger.SkipReason;
import io.riffle.operations.site.Endpoints;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code riffle files skip}. */
@Command(
    name = "skip",
    description = {
      "Leave files alone of which nothing was published: they are SKIPPED, and nobody waits for them.",
      "Exit code 1 when any was not skipped; riffle files retry takes them up again."
    })
final class FilesSkipCommand implements Callable<Integer> {
  @ParentCommand private FilesCommand files;
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "KEY",
      description = "S3 key of a data file; of a manifest or a data set's folder: all its files")
  private String key;

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "Why; it is kept and shown, so no health data")
  private String reason;

  @Option(names = "--dry-run", description = "Only say what would be skipped")
  private boolean dryRun;

  @Mixin private OperatorName operator = new OperatorName();

  @Override
  public Integer call() throws SQLException, InterruptedException {
    SkipReason why =
        SkipReason.of(reason)
            .orElseThrow(
                () ->
                    new ParameterException(
                        spec.commandLine(),
                        "--reason has 1 to " + SkipReason.LONGEST + " characters"));
    String by = operator.name();
    Endpoints endpoints = files.options().stack().endpoints();
    DataSource database = PostgresClient.dataSource(endpoints);
    FileOrders orders = new FileOrders(database, Endpoints.TABLES_SCHEMA);
    Ordered ordered =
        new NotedOrder(FileOrder.SKIP, CommandNotes.by(by, database))
            .run(key, Optional.of(why), dryRun, dry -> orders.skip(key, why, dry));
    new OrderedReport(ordered, FileOrder.SKIP, key, dryRun).print(files.options());
    return ordered.isAll() ? Riffle.OK : Riffle.NOT_OK;
  }
}
