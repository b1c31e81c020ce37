package io.riffle.chaos.reference;

import io.riffle.infra.dump.CanonicalDump;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import javax.sql.DataSource;

/** Rows of the tables of record, from their canonical dump. */
public final class StoredRows {

  private static final int PIPE = 1 << 16;

  private final CanonicalDump dump;

  public StoredRows(DataSource database, String schema) {
    this.dump = new CanonicalDump(database, schema);
  }

  /**
   * All rows of a table.
   *
   * @param key columns that name a row; none for all of them
   */
  public Rows read(String table, List<String> key)
      throws SQLException, IOException, InterruptedException {
    PipedInputStream in = new PipedInputStream(PIPE);
    PipedOutputStream out = new PipedOutputStream(in);
    FutureTask<Void> writer = new FutureTask<>(() -> write(table, out));
    new Thread(writer, "dump-of-" + table).start();
    Rows rows = parse(table, key, in);
    try {
      writer.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SQLException failure) {
        throw failure;
      }
      throw new IOException("dump of " + table, e.getCause());
    }
    return rows;
  }

  private Void write(String table, PipedOutputStream to) throws SQLException, IOException {
    try (PipedOutputStream out = to) {
      dump.copy(table, "true", out);
    }
    return null;
  }

  private static Rows parse(String table, List<String> key, PipedInputStream in)
      throws IOException {
    try (BufferedReader text =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      CsvRows csv = new CsvRows(text);
      Rows rows = null;
      for (List<String> row = csv.next(); row != null; row = csv.next()) {
        if (rows == null) {
          rows = Rows.of(table, row);
        } else {
          rows.add(key, row.toArray(String[]::new));
        }
      }
      return rows == null ? Rows.of(table, List.of()) : rows;
    }
  }
}
