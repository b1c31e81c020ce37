/**
 * The Kafka Streams topology: for each RIF type one source, one processor with the states of its
 * keys and the totals of its attempts, and sinks to the merged, parked and rejects topics. Start at
 * {@link io.riffle.merge.topology.MergeTopology}; {@code KeyMerge} is what happens to one record,
 * without Kafka.
 */
package io.riffle.merge.topology;
