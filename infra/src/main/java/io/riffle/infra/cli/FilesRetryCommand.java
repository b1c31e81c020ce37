package io.riffle.infra.cli;

import io.riffle.operations.client.PostgresClient;
import io.riffle.operations.ledger.FileOrder;
import io.riffle.operations.ledger.FileOrders;
import io.riffle.operations.ledger.NotedOrder;
import io.riffle.operations.ledger.Ordered;
import io.riffle.operations.site.Endpoints;
import io.riffle.schemas.layout.Layout;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code riffle files retry}. */
@Command(
    name = "retry",
    description = {
      "Look anew at files that are SKIPPED or REJECTED and of which nothing was published: after",
      "another policy, another object, a layout that is there now. Exit code 1 when any was not taken."
    })
final class FilesRetryCommand implements Callable<Integer> {
  @ParentCommand private FilesCommand files;

  @Parameters(
      paramLabel = "KEY",
      description = "S3 key of a data file; of a manifest or a data set's folder: all its files")
  private String key;

  @Option(names = "--dry-run", description = "Only say what would be taken up")
  private boolean dryRun;

  @Mixin private OperatorName operator = new OperatorName();

  @Override
  public Integer call() throws SQLException, InterruptedException {
    String by = operator.name();
    Endpoints endpoints = files.options().stack().endpoints();
    DataSource database = PostgresClient.dataSource(endpoints);
    FileOrders orders = new FileOrders(database, Endpoints.TABLES_SCHEMA);
    List<String> types = endpoints.loadLayouts().all().stream().map(Layout::type).toList();
    Ordered ordered =
        new NotedOrder(FileOrder.RETRY, CommandNotes.by(by, database))
            .run(key, Optional.empty(), dryRun, dry -> orders.retry(key, types, dry));
    new OrderedReport(ordered, FileOrder.RETRY, key, dryRun).print(files.options());
    return ordered.isAll() ? Riffle.OK : Riffle.NOT_OK;
  }
}
