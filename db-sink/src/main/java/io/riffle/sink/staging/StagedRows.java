package io.riffle.sink.staging;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Rows for {@link StagingSql#copy}, in the text format: every type of a source has a text, and the
 * server, which knows the types, reads it.
 */
final class StagedRows {
  private static final int CHUNK = 64 * 1024;
  private static final byte[] NULL = {'\\', 'N'};

  private final ByteArrayOutputStream rows = new ByteArrayOutputStream(CHUNK);

  /** Adds what became of a row. */
  void add(Folding row) {
    FoldedValues values = row.values();
    for (Object value : values.all()) {
      field(value == Absent.ABSENT ? null : (String) value);
    }
    field(time(row.earliestAt()));
    field(time(row.updatedAt()));
    field(time(row.deletedAt()));
    EventVersion version = row.version();
    field(Integer.toString(version.epoch()));
    field(Long.toString(version.commit()));
    field(Long.toString(version.lsn()));
    field(Long.toString(version.offset()));
    field(array(values.absent()));
    field(array(values.apart()));
    field(array(values.unsent()));
    field(times(values.late()));
    field(row.isStored() ? "t" : "f");
    field(row.isChanged() ? "t" : "f");
    last(row.isNew() ? "t" : "f");
  }

  private static String array(List<Integer> places) {
    return places.isEmpty() ? null : places.toString().replace('[', '{').replace(']', '}');
  }

  private static String times(Long[] micros) {
    return Arrays.stream(micros).allMatch(Objects::isNull)
        ? null
        : Arrays.stream(micros).map(StagedRows::time).collect(Collectors.joining(",", "{", "}"));
  }

  /** A time stamp as text; null for none. */
  static String time(Long micros) {
    return micros == null ? null : Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
  }

  private void field(String text) {
    write(text);
    rows.write('\t');
  }

  private void last(String text) {
    write(text);
    rows.write('\n');
  }

  private void write(String text) {
    if (text == null) {
      rows.writeBytes(NULL);
      return;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int from = 0;
    for (int at = 0; at < bytes.length; at++) {
      int escape = escape(bytes[at]);
      if (escape != 0) {
        rows.write(bytes, from, at - from);
        rows.write('\\');
        rows.write(escape);
        from = at + 1;
      }
    }
    rows.write(bytes, from, bytes.length - from);
  }

  /** What stands behind a backslash for bytes that mean something in the text format. */
  private static int escape(byte value) {
    return switch (value) {
      case '\\' -> '\\';
      case '\t' -> 't';
      case '\n' -> 'n';
      case '\r' -> 'r';
      default -> 0;
    };
  }

  /** Sends all rows. */
  void copy(Connection connection, String sql) throws SQLException {
    CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
    try {
      byte[] bytes = rows.toByteArray();
      for (int from = 0; from < bytes.length; from += CHUNK) {
        copy.writeToCopy(bytes, from, Math.min(CHUNK, bytes.length - from));
      }
      copy.endCopy();
    } finally {
      if (copy.isActive()) {
        cancel(copy);
      }
    }
  }

  /** The failure that led here is the one to tell. */
  private static void cancel(CopyIn copy) {
    try {
      copy.cancelCopy();
    } catch (SQLException e) {
      // A cancelled COPY ends in an error by its nature.
    }
  }
}
