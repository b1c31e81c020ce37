package io.riffle.schemas.control;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A record that could not go on, with its place and the reason: the one format of producer,
 * merge-processor and sink. Values stand in {@code raw} only, of which no more than {@link
 * #MAX_RAW} bytes are kept, whoever makes the reject.
 *
 * @param file the ledger's number of the file, when known
 * @param attempt the load of the file, 0 when unknown
 * @param type the RIF type or, where that is unknown, the topic
 * @param stage who rejected it
 * @param record number of the record within its file, 0 when unknown
 * @param line line of the file at which the record starts, 0 when unknown
 * @param rows rows of the file that make up the record
 * @param at the line of the file to look at, at or after {@code line}; 0 when unknown
 * @param column the RIF column, when one is to blame
 * @param reason name of a {@link RejectReason}
 * @param topic the Kafka topic, when the record was already there
 * @param partition its partition, -1 when unknown
 * @param offset its offset, -1 when unknown
 * @param raw the record as it came, or its first {@link #MAX_RAW} bytes; health data
 * @param rawBytes length of the whole record, so more than {@code raw} has when it was cut; empty
 *     in rejects that were written before lengths were
 * @param sqlState the database's own word for it, when the database refused the record
 */
public record Reject(
    Optional<Long> file,
    int attempt,
    String type,
    Stage stage,
    long record,
    long line,
    int rows,
    long at,
    Optional<String> column,
    String reason,
    Optional<String> topic,
    int partition,
    long offset,
    ByteBuffer raw,
    Optional<Long> rawBytes,
    Optional<String> sqlState) {

  /** Most bytes that are kept of a rejected record: 1 MiB. */
  public static final int MAX_RAW = 1 << 20;

  public Reject {
    raw = raw.slice(raw.position(), Math.min(raw.remaining(), MAX_RAW));
  }

  /** Without the record. */
  @Override
  public String toString() {
    return "Reject[" + stage + ", " + type + ", line " + at + ", " + reason + "]";
  }

  /** The step that rejected the record. */
  public enum Stage {
    PRODUCER,
    MERGE,
    SINK
  }
}
