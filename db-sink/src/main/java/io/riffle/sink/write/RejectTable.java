package io.riffle.sink.write;

import io.riffle.schemas.control.Origin;
import io.riffle.schemas.control.Reject;
import io.riffle.schemas.control.RejectReason;
import io.riffle.sink.record.Incoming.Bad;
import io.riffle.sink.record.Incoming.RejectReport;
import io.riffle.sink.record.Place;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Optional;

/** {@code riffle.rejects} and {@code riffle.rejects_raw}. A reject that comes again stays one. */
final class RejectTable {
  private static final String ADD =
      "WITH added AS (INSERT INTO riffle.rejects (file_id, attempt, type, stage, record, line, rows,"
          + " at, column_name, reason, topic, partition, \"offset\", raw_bytes, raw_kept, sql_state,"
          + " constraint_name)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
          + " ON CONFLICT (topic, partition, \"offset\", stage) DO NOTHING RETURNING reject_id)"
          + " INSERT INTO riffle.rejects_raw (reject_id, raw) SELECT reject_id, ? FROM added";

  private RejectTable() {}

  /** Rejects of the producer and the merge-processor; their fields come from a record. */
  static void writeReports(Connection connection, List<RejectReport> reports) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ADD)) {
      for (RejectReport report : reports) {
        add(statement, report.reject(), report.place(), Optional.empty());
      }
      statement.executeBatch();
    }
  }

  /** The sink's own rejects. */
  static void writeBad(Connection connection, List<Bad> bad) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ADD)) {
      for (Bad one : bad) {
        add(statement, rejectOf(one), one.place(), one.blamed().constraint());
      }
      statement.executeBatch();
    }
  }

  private static Reject rejectOf(Bad bad) {
    Optional<Origin> origin = bad.origin();
    long line = origin.map(Origin::line).orElse(0L);
    return new Reject(
        origin.map(Origin::file),
        origin.map(Origin::attempt).orElse(0),
        bad.place().topic().type(),
        Reject.Stage.SINK,
        origin.map(found -> found.version().record()).orElse(0L),
        line,
        origin.map(Origin::rows).orElse(0),
        line,
        bad.blamed().column(),
        reason(bad),
        Optional.of(bad.place().topic().name()),
        bad.place().partition(),
        bad.place().offset(),
        ByteBuffer.wrap(bad.raw().array()),
        Optional.of((long) bad.raw().length()),
        bad.isRefused() ? Optional.of(bad.reason()) : Optional.empty());
  }

  private static String reason(Bad bad) {
    return bad.isRefused() ? RejectReason.ofSqlState(bad.reason()).name() : bad.reason();
  }

  /** A producer's reject has never been on another topic: its place is where it stands now. */
  private static void add(
      PreparedStatement statement, Reject reject, Place place, Optional<String> constraint)
      throws SQLException {
    boolean placed = reject.topic().isPresent();
    statement.setObject(1, reject.file().orElse(null), Types.BIGINT);
    statement.setInt(2, reject.attempt());
    statement.setString(3, reject.type());
    statement.setString(4, reject.stage().name());
    statement.setLong(5, reject.record());
    statement.setLong(6, reject.line());
    statement.setInt(7, reject.rows());
    statement.setLong(8, reject.at());
    statement.setString(9, reject.column().orElse(null));
    statement.setString(10, reject.reason());
    statement.setString(11, reject.topic().orElse(place.topic().name()));
    statement.setInt(12, placed ? reject.partition() : place.partition());
    statement.setLong(13, placed ? reject.offset() : place.offset());
    statement.setObject(14, reject.rawBytes().orElse(null), Types.BIGINT);
    statement.setInt(15, reject.raw().remaining());
    statement.setString(16, reject.sqlState().orElse(null));
    statement.setString(17, constraint.orElse(null));
    statement.setBytes(18, bytes(reject.raw()));
    statement.addBatch();
  }

  private static byte[] bytes(ByteBuffer raw) {
    byte[] bytes = new byte[raw.remaining()];
    raw.duplicate().get(bytes);
    return bytes;
  }
}
