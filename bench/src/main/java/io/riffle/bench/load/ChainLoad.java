package io.riffle.bench.load;

import io.riffle.bench.chain.BenchChain;
import io.riffle.bench.data.DataSet;
import io.riffle.operations.load.DataSetUpload;
import io.riffle.operations.load.LoadException;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;

/**
 * A data set through the whole chain. Its files have to be in S3 before the clock starts; the clock
 * starts when the manifest is sent, and stops when the ledger has all its files as COMPLETED.
 */
public final class ChainLoad {

  private static final Duration POLL = Duration.ofMillis(20);
  private static final Duration LEAST_PATIENCE = Duration.ofMinutes(5);

  /** Slower than this, something is broken. */
  private static final long LEAST_RECORDS_PER_SECOND = 100;

  private final BenchChain chain;

  public ChainLoad(BenchChain chain) {
    this.chain = chain;
  }

  /** Puts the files into S3, all but the manifests. */
  public void upload(DataSet set) throws IOException {
    uploader().uploadAllButManifests(set.folder());
  }

  /**
   * Loads a set that was uploaded.
   *
   * @return seconds until everything was stored and counted
   * @throws LoadException when it does not end COMPLETED, or not every record was applied
   */
  public double run(DataSet set) throws IOException, SQLException, InterruptedException {
    try (FileStates states = new FileStates(chain.database().connect(), set.manifests())) {
      states.completed(); // the first look of a connection is slow: it belongs before the clock
      long begin = System.nanoTime();
      uploader().uploadManifests(set.folder());
      await(states, set.records(), begin);
      double seconds = (System.nanoTime() - begin) / 1e9;
      states.requireApplied(set.records());
      return seconds;
    }
  }

  /** Deletes what was uploaded: each scan lists the bucket. */
  public void delete(DataSet set) {
    String bucket = chain.endpoints().bucket();
    String manifest = set.manifests().get(0);
    String folder = manifest.substring(0, manifest.lastIndexOf('/') + 1);
    chain
        .s3()
        .listObjectsV2Paginator(list -> list.bucket(bucket).prefix(folder))
        .contents()
        .forEach(one -> chain.s3().deleteObject(delete -> delete.bucket(bucket).key(one.key())));
  }

  private static void await(FileStates states, long records, long begin)
      throws SQLException, InterruptedException {
    Duration patience = LEAST_PATIENCE.plusSeconds(records / LEAST_RECORDS_PER_SECOND);
    while (!states.completed()) {
      if (System.nanoTime() - begin > patience.toNanos()) {
        throw new LoadException("not loaded after " + patience.toSeconds() + " s");
      }
      Thread.sleep(POLL.toMillis());
    }
  }

  private DataSetUpload uploader() {
    return new DataSetUpload(chain.s3(), chain.endpoints().bucket());
  }
}
