package io.riffle.schemas.control;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A record that could not go on, with its place and the reason. Values stand in {@code raw} only.
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
 * @param reason a {@link RejectReason} or a database's SQLSTATE
 * @param topic the Kafka topic, when the record was already there
 * @param partition its partition, -1 when unknown
 * @param offset its offset, -1 when unknown
 * @param raw the record as it came, cut at 1 MiB; health data
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
    ByteBuffer raw) {

  /** The step that rejected the record. */
  public enum Stage {
    PRODUCER,
    MERGE,
    SINK
  }
}
