package io.riffle.infra.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.riffle.operations.rejects.RejectFilter;
import io.riffle.operations.rejects.RejectLedger;
import io.riffle.operations.rejects.RejectRow;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code riffle rejects show}. */
@Command(
    name = "show",
    description = {
      "All that is known of a reject but the record itself; with --raw the bytes of the record, cut",
      "at 1 MiB, and nothing else. They are health data."
    })
final class RejectsShowCommand implements Callable<Integer> {
  @ParentCommand private RejectsCommand rejects;

  @Parameters(paramLabel = "ID", description = "Number of the reject")
  private long id;

  @Option(names = "--raw", description = "The record as it came, instead of what is known of it")
  private boolean raw;

  @Override
  public Integer call() throws SQLException, IOException {
    DataSource database = rejects.database();
    RejectLedger ledger = RejectsCommand.ledger(database);
    Optional<RejectRow> row = ledger.list(RejectFilter.of(id), 1).stream().findFirst();
    if (row.isEmpty()) {
      System.err.println("riffle: there is no reject " + id);
      return Riffle.NOT_OK;
    }
    if (!raw) {
      return print(row.get(), ledger);
    }
    CommandNotes.byUser(database).look("SHOW_VALUES", "reject " + id);
    return printRaw(ledger);
  }

  private int print(RejectRow row, RejectLedger ledger)
      throws SQLException, JsonProcessingException {
    if (rejects.options().json()) {
      System.out.println(new ObjectMapper().writeValueAsString(row.values()));
      return Riffle.OK;
    }
    Table table = new Table("REJECT", Long.toString(id));
    row.values().forEach((name, value) -> table.row(name, value == null ? "-" : value.toString()));
    System.out.println(table);
    Optional<String> refusal = refusal(row, ledger);
    refusal.ifPresent(why -> System.out.println("\nits redrive was refused: " + why));
    return Riffle.OK;
  }

  private static Optional<String> refusal(RejectRow row, RejectLedger ledger) throws SQLException {
    Optional<String> request = row.text("redrive");
    return request.isEmpty()
        ? Optional.empty()
        : ledger.redrives(List.of(Long.valueOf(request.get()))).get(0).detail();
  }

  private int printRaw(RejectLedger ledger) throws SQLException, IOException {
    Optional<byte[]> bytes = ledger.raw(id);
    if (bytes.isEmpty()) {
      System.err.println("riffle: the record of reject " + id + " is not kept any more");
      return Riffle.NOT_OK;
    }
    System.err.println("riffle: health data follows; do not keep it in logs or tickets");
    System.out.write(bytes.get());
    System.out.flush();
    return Riffle.OK;
  }
}
