/**
 * A Kafka Connect sink that writes merged records into Postgres, offsets in the same transaction.
 *
 * <p>Start at {@link io.riffle.sink.RiffleSinkConnector}; what a task does is in {@code SinkLoop}:
 * take records in, verify positions against the log, read, gather, write. Packages: {@code record}
 * reads what arrives, {@code copy} turns rows into COPY's binary form, {@code write} is the
 * transaction, {@code offsets} knows where the sink stands. {@code rebuild} is not part of a task:
 * it builds tables anew beside the live ones.
 */
package io.riffle.sink;
