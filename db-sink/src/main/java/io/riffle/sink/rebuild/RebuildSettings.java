package io.riffle.sink.rebuild;

import io.riffle.sink.write.DatabaseConfig;
import java.util.Map;

/**
 * Where a rebuild reads and writes.
 *
 * @param database as the sink's, but with the rights to make schemas and to alter the tables
 * @param kafka settings of consumers and of the Admin client, {@code bootstrap.servers} among them
 * @param connector the live sink, whose stored offsets say how far the tables are to be
 * @param sessions how many partitions are loaded, and indexes built, side by side
 * @param chunkRows records of a transaction of the load
 * @param chunkBytes bytes of one, approximately; each session holds as many
 */
public record RebuildSettings(
    DatabaseConfig database,
    Map<String, String> kafka,
    String connector,
    int sessions,
    int chunkRows,
    long chunkBytes,
    SwapTimes times) {

  private static final int CHUNK_ROWS = 100_000;
  private static final long CHUNK_BYTES = 32L << 20;

  public RebuildSettings {
    kafka = Map.copyOf(kafka);
  }

  /** As many sessions as the machine has processors, and usual sizes and times. */
  public static RebuildSettings of(
      DatabaseConfig database, Map<String, String> kafka, String connector) {
    int processors = Runtime.getRuntime().availableProcessors();
    return new RebuildSettings(
        database, kafka, connector, processors, CHUNK_ROWS, CHUNK_BYTES, SwapTimes.USUAL);
  }
}
