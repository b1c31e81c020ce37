package io.riffle.cdc.reload;

import io.riffle.cdc.config.CdcConfig;
import io.riffle.cdc.connector.SourceTopics;
import io.riffle.cdc.guard.Lsn;
import io.riffle.cdc.ledger.CapturedSource;
import io.riffle.cdc.ledger.TableSnapshot;
import io.riffle.cdc.obfuscate.TextRows;
import io.riffle.cdc.rules.SourceRules;
import io.riffle.cdc.snapshot.SweepWriter;
import io.riffle.cdc.source.SourceDatabase;
import io.riffle.schemas.registry.SchemaRegistry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.Producer;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a table without a key as a whole, in one snapshot of the database, and sends all its rows,
 * then a sweep. Equal rows have equal keys each time: what has not changed changes nothing.
 */
public final class TableReload {
  private static final Logger log = LoggerFactory.getLogger(TableReload.class);

  private final CdcConfig config;
  private final SchemaRegistry registry;
  private final String placeholder;
  private volatile Optional<Connection> reading = Optional.empty();

  public TableReload(CdcConfig config, SchemaRegistry registry, String placeholder) {
    this.config = config;
    this.registry = registry;
    this.placeholder = placeholder;
  }

  /** Told how a reload goes, on the thread that does it. */
  public interface Progress {
    void begins(long startLsn, long rowsExpected) throws SQLException;

    void sent(long rows) throws SQLException;
  }

  /**
   * Reloads.
   *
   * @return the number of its rows
   */
  public long run(
      CapturedSource source, TableSnapshot reload, SourceDatabase database, Progress progress)
      throws SQLException {
    String id = config.topics().set() + "-cdc-" + source.name() + "-reload";
    try (Connection connection = database.openPatiently();
        Producer<byte[], byte[]> producer = config.kafka().openProducer(id)) {
      reading = Optional.of(connection);
      producer.initTransactions();
      begin(connection);
      long lsn = lsn(connection);
      progress.begins(lsn, expected(connection, reload));
      List<ReloadColumn> columns = ReloadColumns.read(connection, reload.table());
      ReloadRecords records = records(source, reload, columns, lsn);
      long rows =
          copy(connection, query(reload, columns), records, new RowSender(producer, progress));
      producer.beginTransaction();
      var unused =
          producer.send(
              new SweepWriter(registry, config.topics(), Clock.systemUTC()).record(reload, lsn));
      producer.commitTransaction();
      return rows;
    } finally {
      reading = Optional.empty();
    }
  }

  /**
   * Has the source give up what it does for a reload that runs; from another thread. The read in it
   * knows no interrupt, and a sort goes on though nobody waits for it.
   */
  public void cancel() {
    reading.ifPresent(
        connection -> {
          try {
            connection.unwrap(PGConnection.class).cancelQuery();
          } catch (SQLException e) {
            log.atDebug().setCause(e).log("the source cannot be told");
          }
        });
  }

  /** Ends one that runs without the source's help; from another thread. */
  public void abort() {
    reading.ifPresent(
        connection -> {
          try {
            connection.abort(Runnable::run);
          } catch (SQLException e) {
            log.atDebug().setCause(e).log("the connection was closed already");
          }
        });
  }

  /** Texts of values must not depend on who reads them. */
  private static void begin(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String setting :
          List.of(
              "datestyle = 'ISO, YMD'",
              "intervalstyle = 'postgres'",
              "timezone = 'UTC'",
              "extra_float_digits = 1",
              "bytea_output = 'hex'",
              "xmloption = 'content'")) {
        statement.execute("SET " + setting);
      }
      connection.setAutoCommit(false);
      statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
    }
  }

  private static long lsn(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT pg_current_wal_lsn()::text")) {
      row.next();
      return Lsn.parse(row.getString(1));
    }
  }

  private static long expected(Connection connection, TableSnapshot reload) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT greatest(reltuples, 0)::bigint FROM pg_class WHERE oid = to_regclass(?)")) {
      query.setString(1, reload.table().quoted());
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    }
  }

  private ReloadRecords records(
      CapturedSource source, TableSnapshot reload, List<ReloadColumn> columns, long lsn) {
    String prefix = config.topics().cdc(source.name());
    ReloadSchemas schemas = new ReloadSchemas(prefix, reload.table(), columns);
    return new ReloadRecords(
        registry,
        SourceTopics.of(config.topics(), source.name(), reload.table()),
        schemas,
        ReloadRecords.source(schemas, source.spec(), prefix, reload, lsn, Instant.now()),
        reload.epoch(),
        placeholder,
        source.rules().map(rules -> hidden(new SourceRules(rules), reload, columns)));
  }

  /** These rows pass no worker, so the rules are applied here. */
  private TextRows hidden(SourceRules rules, TableSnapshot reload, List<ReloadColumn> columns) {
    List<TextRows.Column> named =
        columns.stream()
            .map(
                column ->
                    new TextRows.Column(
                        column.name(), column.type(), column.length(), column.labels()))
            .toList();
    return rules.textRows(reload.table(), named, config.secrets());
  }

  /** Equal rows have to follow each other. */
  private static String query(TableSnapshot reload, List<ReloadColumn> columns) {
    String list = columns.stream().map(ReloadColumn::sql).collect(Collectors.joining(", "));
    return "COPY (SELECT %s FROM %s ORDER BY ROW(%s)::text COLLATE \"C\") TO STDOUT"
        .formatted(list, reload.table().quoted(), list);
  }

  private static long copy(
      Connection connection, String query, ReloadRecords records, RowSender sender)
      throws SQLException {
    int patience = connection.getNetworkTimeout();
    connection.setNetworkTimeout(Runnable::run, 0); // a sort is silent for as long as it takes
    CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(query);
    try {
      boolean first = true;
      for (byte[] line = copy.readFromCopy(); line != null; line = copy.readFromCopy()) {
        if (first) {
          connection.setNetworkTimeout(Runnable::run, patience);
          first = false;
        }
        sender.send(records.row(line));
      }
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
    return sender.end();
  }
}
