package io.riffle.infra.cli;

import io.riffle.operations.client.PostgresClient;
import io.riffle.operations.ledger.FileStatus;
import io.riffle.operations.ledger.Ledger;
import io.riffle.operations.site.Endpoints;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code riffle files}. */
@Command(
    name = "files",
    description = {
      "The ledger: files, their states and totals, newest first;",
      "below them objects that no manifest lists."
    },
    subcommands = {FilesSkipCommand.class, FilesRetryCommand.class})
final class FilesCommand implements Callable<Integer> {
  @ParentCommand private Riffle riffle;

  @Parameters(
      arity = "0..1",
      paramLabel = "KEY",
      description = "S3 key of a manifest, of a data file, or the start of a manifest's key")
  private String key;

  @Option(
      names = "--limit",
      defaultValue = "100",
      converter = RowLimitConverter.class,
      description = "Most rows (default: ${DEFAULT-VALUE})")
  private int limit;

  @Override
  public Integer call() throws SQLException {
    Endpoints endpoints = riffle.options().stack().endpoints();
    Ledger ledger = new Ledger(PostgresClient.dataSource(endpoints), Endpoints.TABLES_SCHEMA);
    Optional<String> wanted = Optional.ofNullable(key);
    List<FileStatus> files = ledger.files(wanted, limit);
    new LedgerReport(new FileReport(files), ledger.unlisted(wanted, limit)).print(riffle.options());
    if (key != null && files.isEmpty()) {
      System.err.println("the ledger has no file, manifest or data set " + key);
    }
    return key != null && files.isEmpty() ? Riffle.NOT_OK : Riffle.OK;
  }

  StackOptions options() {
    return riffle.options();
  }
}
