package io.riffle.sink.write;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Rows to a table by {@code COPY … FROM STDIN (FORMAT binary)}. Rows are gathered, so that a
 * message to the server holds many.
 */
public final class CopyStream implements AutoCloseable {
  /** Signature, flags and length of the header's extension; see the COPY page of Postgres. */
  private static final byte[] HEADER =
      Arrays.copyOf("PGCOPY\n\u00ff\r\n\0".getBytes(StandardCharsets.ISO_8859_1), 19);

  private static final byte[] TRAILER = {-1, -1};
  private static final int CHUNK = 64 * 1024;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final CopyIn copy;
  private final byte[] chunk = new byte[CHUNK];
  private final byte[] stamp = new byte[Long.BYTES];
  private int used;

  private CopyStream(CopyIn copy) {
    this.copy = copy;
  }

  /** The statement for some columns of a table. */
  public static String sql(String table, List<String> columns) {
    return "COPY " + table + " (" + String.join(", ", columns) + ") FROM STDIN (FORMAT binary)";
  }

  /** Begins a COPY. */
  public static CopyStream open(Connection connection, String sql) throws SQLException {
    CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
    CopyStream stream = new CopyStream(copy);
    stream.write(HEADER);
    return stream;
  }

  /** One or more encoded rows, or none. */
  public void write(byte[] rows) throws SQLException {
    write(rows, 0, rows.length);
  }

  /** A row whose last field is its instant of writing, which is put in here. */
  void writeStamped(byte[] row, long instant) throws SQLException {
    write(row, 0, row.length - Long.BYTES);
    LONG.set(stamp, 0, instant);
    write(stamp);
  }

  /** A part of an array that holds encoded rows. */
  public void write(byte[] rows, int start, int length) throws SQLException {
    if (length > CHUNK - used) {
      flush();
    }
    int from = start;
    int end = start + length;
    while (end - from > CHUNK) {
      copy.writeToCopy(rows, from, CHUNK); // the server holds a message as a whole
      from += CHUNK;
    }
    System.arraycopy(rows, from, chunk, used, end - from);
    used += end - from;
  }

  /** Ends the COPY and tells how many rows there were; the server has then seen every one. */
  public long finish() throws SQLException {
    write(TRAILER);
    flush();
    return copy.endCopy();
  }

  private void flush() throws SQLException {
    if (used > 0) {
      copy.writeToCopy(chunk, 0, used);
      used = 0;
    }
  }

  /** Cancels a COPY that did not finish; the failure that led here is the one to tell. */
  @Override
  public void close() {
    if (copy.isActive()) {
      try {
        copy.cancelCopy();
      } catch (SQLException e) {
        // A cancelled COPY ends in an error by its nature.
      }
    }
  }
}
