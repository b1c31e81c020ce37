package io.riffle.infra.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.riffle.infra.dump.CanonicalDump;
import io.riffle.infra.dump.DumpedTable;
import io.riffle.infra.dump.DumpedTable.DumpFile;
import io.riffle.infra.dump.TablesOfRecord;
import io.riffle.operations.client.PostgresClient;
import io.riffle.operations.site.Endpoints;
import io.riffle.schemas.layout.Layouts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code riffle dump}. */
@Command(
    name = "dump",
    description = {
      "Write the tables of record as CSV files that can be compared byte by byte, all as of one",
      "moment. Empty tables have no file; Riffle's own columns and times of writing are left out."
    })
final class DumpCommand implements Callable<Integer> {
  @ParentCommand private Riffle riffle;
  @Spec private CommandSpec spec;

  @Option(
      names = "--canonical",
      required = true,
      paramLabel = "DIR",
      description = "Where to write; files of the same tables are replaced")
  private Path folder;

  @Option(
      names = "--tables",
      split = ",",
      paramLabel = "TABLE",
      description = "Only these tables, separated by commas (default: all tables of record)")
  private List<String> only;

  @Override
  public Integer call() throws IOException, SQLException {
    List<String> tables = tables();
    Endpoints endpoints = riffle.options().stack().endpoints();
    CanonicalDump dump =
        new CanonicalDump(PostgresClient.dataSource(endpoints), Endpoints.TABLES_SCHEMA);
    List<DumpedTable> dumped = dump.write(tables, folder);
    System.out.println(riffle.options().json() ? json(dumped) : table(dumped));
    warnOfOthers(dumped);
    return Riffle.OK;
  }

  private List<String> tables() {
    List<String> known = TablesOfRecord.of(Layouts.load());
    if (only == null) {
      return known;
    }
    List<String> unknown = only.stream().filter(table -> !known.contains(table)).toList();
    if (!unknown.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "no table of record: "
              + String.join(", ", unknown)
              + "; there are "
              + String.join(", ", known));
    }
    return only;
  }

  /** Somebody who compares folders must not take an older file for a part of this dump. */
  private void warnOfOthers(List<DumpedTable> dumped) throws IOException {
    List<String> written =
        dumped.stream().flatMap(table -> table.file().stream()).map(DumpFile::name).toList();
    try (Stream<Path> files = Files.list(folder)) {
      String others =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".csv") && !written.contains(name))
              .sorted()
              .collect(Collectors.joining(", "));
      if (!others.isEmpty()) {
        System.err.println("riffle: " + folder + " has files that are not of this dump: " + others);
      }
    }
  }

  private static Table table(List<DumpedTable> dumped) {
    Table table = new Table("TABLE", "ROWS", "FILE", "SHA-256");
    for (DumpedTable each : dumped) {
      table.row(
          each.table(),
          Long.toString(each.rows()),
          each.file().map(DumpFile::name).orElse("-"),
          each.file().map(DumpFile::sha256).orElse("-"));
    }
    return table;
  }

  private static ArrayNode json(List<DumpedTable> dumped) {
    ArrayNode list = new ObjectMapper().createArrayNode();
    for (DumpedTable each : dumped) {
      list.addObject()
          .put("table", each.table())
          .put("rows", each.rows())
          .put("file", each.file().map(DumpFile::name).orElse(null))
          .put("sha256", each.file().map(DumpFile::sha256).orElse(null));
    }
    return list;
  }
}
