package io.riffle.infra.cli;

import io.riffle.config.DurationText;
import io.riffle.config.SizeText;
import io.riffle.operations.client.PostgresClient;
import io.riffle.operations.record.AskedKey;
import io.riffle.operations.record.Conclusion;
import io.riffle.operations.record.RecordAnswer;
import io.riffle.operations.record.RecordJson;
import io.riffle.operations.record.RecordLookup;
import io.riffle.operations.record.ScanBudget;
import io.riffle.operations.site.Endpoints;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code riffle record}. */
@Command(
    name = "record",
    description = {
      "Why a record is as it is: its row, which delivered record set each field, what became of every",
      "delivery, what waits and what was rejected. Shows health data, but for --no-values. Exit code 1",
      "when the table has not what the records give, or nothing is known of the key."
    })
final class RecordCommand implements Callable<Integer> {
  @ParentCommand private Riffle riffle;
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "TYPE", description = "Such as CARRIER or BENEFICIARY")
  private String type;

  @Parameters(index = "1", paramLabel = "KEY", description = "The natural key: a whole number")
  private String key;

  @Option(
      names = "--line",
      paramLabel = "N",
      description = "Only this line of a claim, or the months of this year of a person")
  private Integer line;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      converter = RowLimitConverter.class,
      description = "Most deliveries listed, the newest (default: ${DEFAULT-VALUE})")
  private int limit;

  @Option(
      names = "--max-bytes",
      paramLabel = "SIZE",
      defaultValue = "1GiB",
      description = "How much of the raw topic is read, newest first (default: ${DEFAULT-VALUE})")
  private String bytes;

  @Option(
      names = "--max-time",
      paramLabel = "DURATION",
      defaultValue = "60s",
      description = "For how long it is read (default: ${DEFAULT-VALUE})")
  private String time;

  @Option(
      names = "--no-values",
      description = "Neither key nor values, so that the output may go into a ticket")
  private boolean noValues;

  @Override
  public Integer call() throws SQLException, InterruptedException {
    AskedKey asked = usage(() -> AskedKey.of(riffle.options().layouts(), type, key));
    ScanBudget budget =
        usage(() -> new ScanBudget(SizeText.parse(bytes), DurationText.parse(time)));
    Endpoints endpoints = riffle.options().stack().endpoints();
    CommandNotes.byUser(PostgresClient.dataSource(endpoints))
        .look(noValues ? "RECORD_LOOKUP" : "SHOW_VALUES", "a record of " + asked.layout().type());
    RecordAnswer answer = new RecordLookup(endpoints, budget, System.err::println).find(asked);
    if (!answer.isKnown()) {
      System.err.println(RecordReport.unknown(answer, noValues));
      return Riffle.NOT_OK;
    }
    print(answer);
    return Conclusion.of(answer).verdict().isOk() ? Riffle.OK : Riffle.NOT_OK;
  }

  private void print(RecordAnswer answer) {
    Optional<Integer> only = Optional.ofNullable(line);
    System.out.println(
        riffle.options().json()
            ? new RecordJson(answer, only, limit, noValues).object()
            : new RecordReport(answer, only, limit, noValues).text());
  }

  /** Makes something of what was typed. */
  private interface Typed<T> {
    T read();
  }

  private <T> T usage(Typed<T> typed) {
    try {
      return typed.read();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
