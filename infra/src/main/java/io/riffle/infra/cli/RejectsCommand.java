package io.riffle.infra.cli;

import io.riffle.operations.client.PostgresClient;
import io.riffle.operations.rejects.RejectFilter;
import io.riffle.operations.rejects.RejectLedger;
import io.riffle.operations.rejects.RejectStatus;
import io.riffle.operations.site.Endpoints;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code riffle rejects}. */
@Command(
    name = "rejects",
    description = {
      "Records that were not loaded: by cause, and one by one, newest first.",
      "Places and reasons only; show --raw and export --raw give the records themselves."
    },
    subcommands = {
      RejectsShowCommand.class,
      RejectsRedriveCommand.class,
      RejectsDiscardCommand.class,
      RejectsPurgeCommand.class,
      RejectsExportCommand.class
    })
final class RejectsCommand implements Callable<Integer> {
  @ParentCommand private Riffle riffle;
  @Mixin private RejectOptions which = new RejectOptions();

  @Option(
      names = "--status",
      split = ",",
      paramLabel = "STATUS",
      description =
          "${COMPLETION-CANDIDATES}, several with commas (default: OPEN,REDRIVING; see --any-status)")
  private List<RejectStatus> statuses;

  @Option(names = "--any-status", description = "Rejects of every status")
  private boolean anyStatus;

  @Option(
      names = "--limit",
      defaultValue = "100",
      converter = RowLimitConverter.class,
      description = "Most rejects listed (default: ${DEFAULT-VALUE}); the causes count all")
  private int limit;

  @Override
  public Integer call() throws SQLException {
    RejectFilter filter = which.filter(List.of(), wanted());
    RejectLedger ledger = ledger();
    new RejectReport(ledger.causes(filter), ledger.list(filter, limit)).print(options());
    return Riffle.OK;
  }

  private List<RejectStatus> wanted() {
    if (anyStatus) {
      return List.of();
    }
    return statuses == null ? RejectStatus.UNSETTLED : statuses;
  }

  StackOptions options() {
    return riffle.options();
  }

  RejectLedger ledger() {
    return ledger(database());
  }

  static RejectLedger ledger(DataSource database) {
    return new RejectLedger(database, Endpoints.TABLES_SCHEMA);
  }

  /** The set's. */
  DataSource database() {
    return PostgresClient.dataSource(options().stack().endpoints());
  }
}
