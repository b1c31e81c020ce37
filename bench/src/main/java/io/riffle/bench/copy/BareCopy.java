package io.riffle.bench.copy;

import io.riffle.bench.chain.Database;
import io.riffle.bench.data.TypeTables;
import io.riffle.bench.data.WorkFolder;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * What Postgres itself takes for the rows: COPY in binary form over one connection, in one
 * transaction, into empty tables of the same database. Nobody parses, merges, checks or counts.
 */
public final class BareCopy {

  /** Schema of the copies of tables. */
  public static final String SCHEMA = "bench";

  private static final int BUFFER = 1 << 16;

  private final Database database;
  private final String tablesSchema;
  private final TypeTables tables;
  private final Path folder;

  /**
   * @param folder for the files in table layout
   */
  public BareCopy(Database database, String tablesSchema, TypeTables tables, Path folder) {
    this.database = database;
    this.tablesSchema = tablesSchema;
    this.tables = tables;
    this.folder = folder;
  }

  /** Writes the rows of record into files, in the order of the RIF file. */
  public void export() throws SQLException, IOException {
    WorkFolder.empty(folder);
    try (Connection connection = database.connect()) {
      for (String table : tables.filled()) {
        export(connection, table);
      }
    }
  }

  private void export(Connection connection, String table) throws SQLException, IOException {
    String rows =
        String.format(
            "SELECT * FROM %s.%s ORDER BY %s", tablesSchema, table, tables.fileOrder(table));
    try (OutputStream out =
        new BufferedOutputStream(Files.newOutputStream(folder.resolve(table)), BUFFER)) {
      copy(connection).copyOut("COPY (" + rows + ") TO STDOUT (FORMAT binary)", out);
    }
  }

  /** Makes empty tables like those of record, with all their indexes. */
  public void prepare() throws SQLException {
    drop();
    for (String table : tables.filled()) {
      database.execute(
          String.format(
              "CREATE TABLE %1$s.%3$s (LIKE %2$s.%3$s INCLUDING ALL)",
              SCHEMA, tablesSchema, table));
    }
  }

  /** Takes them away again. */
  public void drop() throws SQLException {
    for (String table : tables.filled()) {
      database.execute(String.format("DROP TABLE IF EXISTS %s.%s", SCHEMA, table));
    }
  }

  /**
   * Copies all tables.
   *
   * @return seconds, the commit included
   */
  public double run() throws SQLException, IOException {
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      long begin = System.nanoTime();
      for (String table : tables.filled()) {
        copyIn(connection, table);
      }
      connection.commit();
      return (System.nanoTime() - begin) / 1e9;
    }
  }

  private void copyIn(Connection connection, String table) throws SQLException, IOException {
    try (InputStream in = Files.newInputStream(folder.resolve(table))) {
      String sql = String.format("COPY %s.%s FROM STDIN (FORMAT binary)", SCHEMA, table);
      copy(connection).copyIn(sql, in, BUFFER);
    }
  }

  private static CopyManager copy(Connection connection) throws SQLException {
    return connection.unwrap(PGConnection.class).getCopyAPI();
  }
}
