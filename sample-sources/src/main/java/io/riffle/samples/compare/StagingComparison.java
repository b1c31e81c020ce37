package io.riffle.samples.compare;

import io.riffle.samples.compare.Difference.Kind;
import io.riffle.samples.rows.ColumnShape;
import io.riffle.samples.rows.TableShape;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Whether staging tables equal the tables of their source while nobody writes: the rows that are
 * not deleted are those of the source, with the same values in all columns of the source, the same
 * types and the same key, and stamps that can be. Columns that only the staging table has are not
 * looked at: the source had them once. A table without a key is a bag of rows.
 */
public final class StagingComparison {

  private static final String STAMPS = "riffle_";
  private static final String ROW_KEY = "riffle_row";

  private final DataSource source;
  private final String sourceSchema;
  private final DataSource staging;
  private final String stagingSchema;

  /**
   * @param stagingSchema such as {@code stg_qvp}
   */
  public StagingComparison(
      DataSource source, String sourceSchema, DataSource staging, String stagingSchema) {
    this.source = source;
    this.sourceSchema = sourceSchema;
    this.staging = staging;
    this.stagingSchema = stagingSchema;
  }

  /** What differs in any of the tables; empty when all is equal. */
  public List<Difference> differences(Collection<String> tables) throws SQLException {
    List<Difference> differences = new ArrayList<>();
    for (String table : tables) {
      differences.addAll(differences(table));
    }
    return differences;
  }

  /**
   * What differs in a table; empty when it is equal.
   *
   * @throws SQLException also when the source has no such table
   */
  public List<Difference> differences(String table) throws SQLException {
    try (Connection from = open(source);
        Connection to = open(staging)) {
      TableShape here = TableShape.read(from, sourceSchema, table);
      Optional<TableShape> there = TableShape.find(to, stagingSchema, table);
      if (there.isEmpty()) {
        return List.of(new Difference(table, "", Kind.NO_TABLE, 0));
      }
      List<Difference> differences = columns(here, there.get());
      if (differences.stream().noneMatch(d -> d.kind() == Kind.NO_COLUMN)) {
        differences.addAll(rows(from, here, to, there.get()));
        differences.addAll(new StampCheck(to, there.get()).run());
      }
      return differences;
    }
  }

  /**
   * Whether {@code riffle_updated_at} is when the source committed the rows of a table with a key
   * that it has committed since then, to the millisecond. Rows of a snapshot have its time instead:
   * ask from its end on. The source's server must have {@code track_commit_timestamp}.
   *
   * @param exact whether each change changed a value; otherwise stamps may be earlier
   * @throws SQLException also when one of the two tables is not there
   */
  public List<Difference> commitTimes(String table, Instant since, boolean exact)
      throws SQLException {
    try (Connection from = open(source);
        Connection to = open(staging)) {
      TableShape here = TableShape.read(from, sourceSchema, table);
      TableShape there = TableShape.read(to, stagingSchema, table);
      return new CommitTimes(from, here, to, there).run(since, exact);
    }
  }

  private static Connection open(DataSource database) throws SQLException {
    Connection connection = database.getConnection();
    connection.setAutoCommit(false);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    return connection;
  }

  private static List<Difference> columns(TableShape here, TableShape there) {
    List<Difference> differences = new ArrayList<>();
    for (ColumnShape column : here.columns()) {
      Optional<ColumnShape> same = find(there, column.name());
      if (same.isEmpty()) {
        differences.add(new Difference(here.name(), column.name(), Kind.NO_COLUMN, 0));
      } else if (!type(same.get()).equals(type(column))) {
        differences.add(new Difference(here.name(), column.name(), Kind.OTHER_TYPE, 0));
      }
    }
    StampCheck.stamps().stream()
        .filter(stamp -> find(there, stamp).isEmpty())
        .forEach(stamp -> differences.add(new Difference(here.name(), stamp, Kind.NO_COLUMN, 0)));
    if (!names(there.key()).equals(key(here))) {
      differences.add(new Difference(here.name(), "", Kind.OTHER_KEY, 0));
    }
    return differences;
  }

  private static List<String> key(TableShape here) {
    return here.key().isEmpty() ? List.of(ROW_KEY) : names(here.key());
  }

  private static List<String> names(List<ColumnShape> columns) {
    return columns.stream().map(ColumnShape::name).toList();
  }

  private static Optional<ColumnShape> find(TableShape table, String name) {
    return table.columns().stream().filter(column -> column.name().equals(name)).findFirst();
  }

  /** Enums and types of extensions are in other schemas there. */
  private static String type(ColumnShape column) {
    return column.type().substring(column.type().indexOf('.') + 1);
  }

  private static List<Difference> rows(
      Connection from, TableShape here, Connection to, TableShape there) throws SQLException {
    List<ColumnShape> columns = new ArrayList<>(here.key());
    here.columns().stream()
        .filter(column -> !column.isKey() && !column.name().startsWith(STAMPS))
        .forEach(columns::add);
    int ordering = here.key().isEmpty() ? columns.size() : here.key().size();
    try (TextRows source = TextRows.open(from, here.quoted(), columns, ordering, "true");
        TextRows staging =
            TextRows.open(to, there.quoted(), columns, ordering, "riffle_deleted_at IS NULL")) {
      return new RowComparison(here.name(), columns, source, staging).run();
    }
  }
}
