package io.riffle.merge;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.CompressionType;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * Bounds the native memory of all state stores of the process: one block cache, and write buffers
 * that are accounted within it. Kafka Streams makes one setter for each store, so what they share
 * is static; the first store's settings count, and all stores have the same ones.
 */
public final class SharedStoreMemory implements RocksDBConfigSetter {
  /** Key of the block cache's size in bytes, among the Streams properties. */
  static final String BLOCK_CACHE = "riffle.rocksdb.block.cache.bytes";

  /** Key of the size of all write buffers in bytes, among the Streams properties. */
  static final String WRITE_BUFFERS = "riffle.rocksdb.write.buffers.bytes";

  private static final long BLOCK_BYTES = 16L * 1024;
  private static final long MEMTABLE_BYTES = 32L * 1024 * 1024;
  private static final int MEMTABLES = 3;
  private static final double MEMTABLE_FILTER = 0.002; // of its size: ten bits a key of 700 bytes
  private static final int SORTED_RUNS = 10;
  private static final int SLOW_DOWN_RUNS = 30;
  private static final int STOP_RUNS = 50;
  private static final long APART_BYTES = 256;

  private static Shared shared;

  private record Shared(Cache cache, WriteBufferManager writeBuffers) {}

  @Override
  public void setConfig(String storeName, Options options, Map<String, Object> configs) {
    Shared memory = shared(size(configs, BLOCK_CACHE), size(configs, WRITE_BUFFERS));
    BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
    table.setBlockCache(memory.cache());
    table.setCacheIndexAndFilterBlocks(true);
    table.setPinTopLevelIndexAndFilter(true);
    table.setPinL0FilterAndIndexBlocksInCache(true);
    table.setBlockSize(BLOCK_BYTES);
    options.setTableFormatConfig(table);
    options.setWriteBufferManager(memory.writeBuffers());
    options.setWriteBufferSize(MEMTABLE_BYTES);
    options.setMaxWriteBufferNumber(MEMTABLES);
    mostKeysAreNew(options);
    rowsAreWrittenOnce(options);
  }

  /** A get of a key that was never there should end at a filter, also in memory. */
  private static void mostKeysAreNew(Options options) {
    options.setMemtableWholeKeyFiltering(true);
    options.setMemtablePrefixBloomSizeRatio(MEMTABLE_FILTER);
  }

  /**
   * Rows stand apart from their keys, so that a compaction moves keys only. It comes late: filters
   * make many sorted runs cheap to read.
   */
  private static void rowsAreWrittenOnce(Options options) {
    options.setEnableBlobFiles(true);
    options.setMinBlobSize(APART_BYTES);
    options.setEnableBlobGarbageCollection(true);
    options.setCompressionType(CompressionType.NO_COMPRESSION);
    options.setLevel0FileNumCompactionTrigger(SORTED_RUNS);
    options.setLevel0SlowdownWritesTrigger(SLOW_DOWN_RUNS);
    options.setLevel0StopWritesTrigger(STOP_RUNS);
  }

  @Override
  public void close(String storeName, Options options) {
    // What is shared lives as long as the process.
  }

  private static synchronized Shared shared(long blockCache, long writeBuffers) {
    if (shared == null) {
      RocksDB.loadLibrary(); // a setter may run before anything else has loaded it
      Cache cache = new LRUCache(blockCache);
      shared = new Shared(cache, new WriteBufferManager(writeBuffers, cache));
    }
    return shared;
  }

  private static long size(Map<String, Object> configs, String key) {
    return Long.parseLong(configs.get(key).toString());
  }
}
