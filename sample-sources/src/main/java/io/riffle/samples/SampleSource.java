package io.riffle.samples;

import io.riffle.samples.rows.Draws;
import io.riffle.samples.rows.RowMaker;
import io.riffle.samples.rows.TableFill;
import io.riffle.samples.rows.TableShape;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;

/** A source database that we made up. */
public enum SampleSource {
  /** Verification of qualifications: requests with long reports, certificates, stored files. */
  QVP,
  /** Invoices: customers, lines, stored files, and rates, which have no key. */
  SVP;

  /** Schema of the tables. */
  public static final String SCHEMA = "public";

  /** {@code qvp} or {@code svp}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  public List<String> tables() {
    return shares().stream().map(SampleTable::name).toList();
  }

  private List<SampleTable> shares() {
    return switch (this) {
      case QVP ->
          List.of(
              new SampleTable("partners", 0.1),
              new SampleTable("users", 0.5),
              new SampleTable("verification_requests", 1),
              new SampleTable("certificates", 0.5),
              new SampleTable("file_storage", 0.5));
      case SVP ->
          List.of(
              new SampleTable("customers", 0.5),
              new SampleTable("invoices", 1),
              new SampleTable("invoice_lines", 2),
              new SampleTable("active_storage_blobs", 0.5),
              new SampleTable("rates", 0.1));
    };
  }

  /**
   * Makes the tables, empty, in a database that has none of them.
   *
   * @throws SQLException when it has some, or the user may not make them
   */
  public void create(DataSource database) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(ddl());
    }
  }

  /** Whether the database has the first of the tables. */
  public boolean isIn(DataSource database) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return TableShape.find(connection, SCHEMA, tables().get(0)).isPresent();
    }
  }

  /**
   * Fills the tables, which are to be empty. The same seed gives the same rows.
   *
   * @param rows of the main tables; others have their share of it
   * @return the number of rows of each table
   */
  public Map<String, Long> fill(DataSource database, long seed, long rows) throws SQLException {
    Map<String, Long> filled = new LinkedHashMap<>();
    try (Connection connection = database.getConnection()) {
      RowMaker maker = new RowMaker(new Draws(seed).of(id()), false);
      for (SampleTable table : shares()) {
        TableShape shape = TableShape.read(connection, SCHEMA, table.name());
        new TableFill(connection, shape, maker).fill(table.rows(rows));
        filled.put(table.name(), table.rows(rows));
      }
    }
    return filled;
  }

  private String ddl() {
    try (InputStream sql = SampleSource.class.getResourceAsStream(id() + ".sql")) {
      return new String(sql.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
