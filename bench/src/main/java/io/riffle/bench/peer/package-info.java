/**
 * Riffle's sink against a stock one, the Debezium JDBC sink, on the same merged PDE records in the
 * same Connect worker. Start at {@link io.riffle.bench.peer.DebeziumPeer}; the peer's settings,
 * with the reason for each, are in {@link io.riffle.bench.peer.DebeziumSink}. Nothing here measures
 * the rest of the chain.
 */
package io.riffle.bench.peer;
