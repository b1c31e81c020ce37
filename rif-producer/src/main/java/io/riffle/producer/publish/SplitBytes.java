package io.riffle.producer.publish;

import io.riffle.producer.s3.ObjectStore;
import io.riffle.schemas.control.Split;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/**
 * Opens the bytes of splits. A plain object is read by range. A gzip object can only be read from
 * its start: its stream stays open from one chunk to the next, one for each partition of the splits
 * topic, and is opened anew, and read up to the chunk, only after a restart. For one thread.
 */
final class SplitBytes implements AutoCloseable {

  private final ObjectStore store;
  private final Map<Integer, GzipChain> chains = new HashMap<>();

  SplitBytes(ObjectStore store) {
    this.store = store;
  }

  /**
   * The split's bytes and none beyond. Closing them leaves a chain open.
   *
   * @param partition of the splits topic that the split came from
   */
  InputStream open(Split split, int partition) throws IOException {
    return split.compressed()
        ? chain(split, partition).chunk(split)
        : store.range(split.s3Key(), split.eTag(), split.start(), split.end());
  }

  @Override
  public void close() {
    chains.values().forEach(GzipChain::close);
    chains.clear();
  }

  private GzipChain chain(Split split, int partition) throws IOException {
    GzipChain chain = chains.get(partition);
    if (chain != null && chain.reaches(split)) {
      return chain;
    }
    if (chain != null) {
      chain.close();
    }
    chains.remove(partition);
    GzipChain anew = GzipChain.open(store, split);
    chains.put(partition, anew);
    return anew;
  }
}
