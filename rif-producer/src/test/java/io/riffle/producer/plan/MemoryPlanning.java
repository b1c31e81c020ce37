package io.riffle.producer.plan;

import io.riffle.producer.gzip.GzipLimits;
import io.riffle.producer.ledger.FileState;
import io.riffle.producer.ledger.LedgerFile;
import io.riffle.producer.rif.FilePlan;
import io.riffle.producer.rif.SplitLimits;
import io.riffle.producer.s3.MemoryBucket;
import io.riffle.producer.s3.ObjectStore;
import io.riffle.schemas.control.Version;
import io.riffle.schemas.layout.Layout;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Objects in memory, read as the planner reads those in S3. */
public final class MemoryPlanning {

  /** What came of it: a plan, or the reason and the detail why not. */
  public sealed interface Result {
    record Planned(FilePlan plan) implements Result {}

    record Rejected(String reason, String detail) implements Result {}
  }

  private final Layout layout;
  private final boolean merge;
  private final String name;

  /**
   * @param name of the file; one that ends in {@code .gz} is decompressed
   */
  public MemoryPlanning(Layout layout, boolean merge, String name) {
    this.layout = layout;
    this.merge = merge;
    this.name = name;
  }

  /** Reads one object. */
  public Result read(byte[] object, Optional<String> md5, LoadPolicy policy, GzipLimits gzip)
      throws IOException {
    PlanConfig config =
        new PlanConfig(new LoadPolicies(policy, Map.of()), SplitLimits.DEFAULT, gzip);
    try (ObjectStore store = MemoryBucket.of(object, md5)) {
      ObjectReading reading = new ObjectReader(store, config).read(file(), layout, facts -> true);
      if (reading instanceof ObjectReading.Rejected rejected) {
        return new Result.Rejected(rejected.reason(), rejected.detail());
      }
      return new Result.Planned(((ObjectReading.Accepted) reading).plan());
    }
  }

  private LedgerFile file() {
    Version first = new Version(0, 0, 0, 0, 1);
    return new LedgerFile(
        1,
        1,
        "Incoming/x/0_manifest.xml",
        first,
        name,
        layout.type(),
        merge,
        "Incoming/x/" + name,
        FileState.DISCOVERED,
        Optional.empty(),
        1,
        false);
  }
}
