package io.riffle.producer.plan;

import io.riffle.config.Settings;
import io.riffle.producer.gzip.GzipLimits;
import io.riffle.producer.hash.HashConfig;
import io.riffle.producer.rif.SplitLimits;
import io.riffle.schemas.layout.Layouts;

/** What the planner accepts, and how it cuts. */
public record PlanConfig(LoadPolicies policies, SplitLimits splits, GzipLimits gzip) {

  private static final long MAX_ROWS = 100_000;
  private static final long USUAL_ITERATIONS = 1_000;
  private static final long DEFAULT_GZIP_BYTES = 64L << 30;
  private static final int DEFAULT_GZIP_RATIO = 200;

  /** Reads the policies of the types with layouts, {@code split.*} and {@code gzip.*}. */
  public static PlanConfig from(Settings settings, Layouts layouts, HashConfig hash) {
    long splitBytes = settings.size("split.max-bytes", SplitLimits.DEFAULT.bytes());
    if (splitBytes < 1) {
      settings.reject("split.max-bytes", "must be at least 1 byte");
    }
    return new PlanConfig(
        LoadPolicies.from(settings, layouts),
        new SplitLimits(
            Math.max(1, splitBytes),
            settings.longInteger("split.max-rows", SplitLimits.DEFAULT.rows(), 1, MAX_ROWS),
            settings.longInteger("split.max-hashes", hashes(hash), 1, MAX_ROWS)),
        new GzipLimits(
            settings.size("gzip.max-bytes", DEFAULT_GZIP_BYTES),
            settings.integer("gzip.max-ratio", DEFAULT_GZIP_RATIO, 1, Integer.MAX_VALUE)));
  }

  /** As many hashes as take a second or so: dearer ones are fewer. */
  private static long hashes(HashConfig hash) {
    long most = SplitLimits.DEFAULT.hashes();
    return Math.max(1, Math.min(most, most * USUAL_ITERATIONS / hash.iterations()));
  }
}
