/**
 * The merge-processor: topics to topics, full and partial records to whole records, by key. {@link
 * io.riffle.merge.MergeProcessor} is the program, {@link io.riffle.merge.MergeConfig} what it can
 * be told; {@code rule} is the merge itself, {@code record} and {@code state} its bytes, {@code
 * topology} its place in Kafka Streams.
 */
package io.riffle.merge;
