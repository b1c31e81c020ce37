package io.riffle.producer.rif;

import io.riffle.config.Secret;
import io.riffle.producer.hash.HashCache;
import io.riffle.producer.hash.HashConfig;
import io.riffle.schemas.control.Version;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Layouts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** A RIF file in memory, planned and read as the product does it. */
final class TestFile {

  static final Layouts LAYOUTS = Layouts.load();

  /** The bytes of the text {@code nottherealpepper}, as the expected tables have it. */
  static final HashConfig HASH =
      new HashConfig(Secret.of("6e6f747468657265616c706570706572"), 2, 1000);

  static final long FILE = 4711;
  static final int ATTEMPT = 3;

  private final Layout layout;
  private final boolean merge;
  private final byte[] bytes;
  private final ReadLimits limits;

  TestFile(Layout layout, boolean merge, byte[] bytes, ReadLimits limits) {
    this.layout = layout;
    this.merge = merge;
    this.bytes = bytes.clone();
    this.limits = limits;
  }

  int length() {
    return bytes.length;
  }

  static TestFile of(String type, boolean merge, String text) {
    return new TestFile(
        LAYOUTS.get(type), merge, text.getBytes(StandardCharsets.UTF_8), ReadLimits.DEFAULT);
  }

  /** The planner's word, given the file in one piece. */
  FileReading plan(UnknownColumns unknown, SplitLimits splits) {
    SplitPlanner planner = new SplitPlanner(layout, merge, unknown, splits, limits);
    planner.accept(bytes, 0, bytes.length);
    return planner.finish();
  }

  /** The planner's word, given the file in random pieces. */
  FileReading planInPieces(UnknownColumns unknown, SplitLimits splits, Random random) {
    SplitPlanner planner = new SplitPlanner(layout, merge, unknown, splits, limits);
    for (int at = 0; at < bytes.length; ) {
      int to = at + Math.min(1 + random.nextInt(1 + random.nextInt(300)), bytes.length - at);
      planner.accept(bytes, at, to);
      at = to;
    }
    return planner.finish();
  }

  FilePlan planned() {
    return (FilePlan) plan(UnknownColumns.REJECT, SplitLimits.DEFAULT);
  }

  /** The outcomes of the whole file. */
  Outcomes read() {
    FilePlan plan = planned();
    Outcomes outcomes = new Outcomes(plan.schema());
    SplitReader reader = reader(plan);
    plan.splits().forEach(split -> read(reader, split, outcomes));
    return outcomes;
  }

  SplitReader reader(FilePlan plan) {
    return new SplitReader(
        HeaderPlan.ofChecked(plan.header(), layout, merge), Outcomes.RESERVED, hashes(), limits);
  }

  static HashCache hashes() {
    return new HashCache(HASH);
  }

  SplitTotals read(SplitReader reader, PlannedSplit split, RecordReceiver receiver) {
    int start = Math.toIntExact(split.start());
    int length = Math.toIntExact(split.end() - split.start());
    try (InputStream in = new ByteArrayInputStream(bytes, start, length)) {
      return reader.read(in, place(split), receiver);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static SplitPlace place(PlannedSplit split) {
    Version first = new Version(1_700_000_000_000_000_000L, 1, 2, 3, split.firstRecord());
    return new SplitPlace(FILE, ATTEMPT, first, split.line());
  }
}
