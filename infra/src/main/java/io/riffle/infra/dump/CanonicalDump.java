package io.riffle.infra.dump;

import io.riffle.infra.dump.DumpedTable.DumpFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Writes tables as CSV files with one spelling for the same rows: columns by name, rows by primary
 * key (history rows by all columns) in the order of their bytes, null as an empty field, empty text
 * as {@code ""}. Two databases hold the same rows exactly when their dumps have the same bytes.
 */
public final class CanonicalDump {

  private static final String EVERY_ROW = "true";

  private final DataSource database;
  private final String schema;

  /**
   * A dump of a schema's tables.
   *
   * @param database whose role reads every row
   */
  public CanonicalDump(DataSource database, String schema) {
    this.database = database;
    this.schema = schema;
  }

  /**
   * Writes {@code <table>.csv} for every table that has rows, all as of the same moment. A file of
   * an earlier dump is replaced, or deleted where its table is empty now; other files stay. Nothing
   * of the folder changes before all tables are read.
   *
   * @return the tables in the order asked for
   * @throws DumpException when a table does not exist
   */
  public List<DumpedTable> write(List<String> tables, Path folder)
      throws SQLException, IOException {
    Files.createDirectories(folder);
    List<DumpedTable> dumped = new ArrayList<>();
    try {
      try (Snapshot snapshot = Snapshot.of(database, schema)) {
        for (String table : new LinkedHashSet<>(tables)) {
          dumped.add(write(snapshot, table, partial(folder, table)));
        }
      }
      for (DumpedTable table : dumped) {
        publish(table, folder);
      }
      return dumped;
    } finally {
      for (String table : tables) {
        Files.deleteIfExists(partial(folder, table));
      }
    }
  }

  /**
   * Streams the rows of one table for which an SQL condition holds, in the form of a dump's file.
   *
   * @return rows, the header row left out
   */
  public long copy(String table, String condition, OutputStream out)
      throws SQLException, IOException {
    try (Snapshot snapshot = Snapshot.of(database, schema)) {
      return snapshot.copy(table, condition, out);
    }
  }

  private static DumpedTable write(Snapshot snapshot, String table, Path file)
      throws SQLException, IOException {
    try (HashedFile out = HashedFile.create(file)) {
      long rows = snapshot.copy(table, EVERY_ROW, out);
      Optional<DumpFile> written =
          rows == 0 ? Optional.empty() : Optional.of(new DumpFile(name(table), out.sha256()));
      return new DumpedTable(table, rows, written);
    }
  }

  private static void publish(DumpedTable table, Path folder) throws IOException {
    Path file = folder.resolve(name(table.table()));
    if (table.file().isPresent()) {
      Files.move(partial(folder, table.table()), file, StandardCopyOption.ATOMIC_MOVE);
    } else {
      Files.deleteIfExists(file);
    }
  }

  private static String name(String table) {
    return table + ".csv";
  }

  private static Path partial(Path folder, String table) {
    return folder.resolve("." + name(table) + ".partial");
  }
}
