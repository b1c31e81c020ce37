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
public final class TestFile {

  public static final Layouts LAYOUTS = Layouts.load();

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

  /** With the limits of the product. */
  public static TestFile of(Layout layout, boolean merge, byte[] bytes) {
    return new TestFile(layout, merge, bytes, ReadLimits.DEFAULT);
  }

  /** With windows and limits so small that they matter. */
  public static TestFile inSmallWindows(Layout layout, boolean merge, byte[] bytes, Random random) {
    int header = indexOfLineFeed(bytes) + 4; // the window must hold the header row
    int row = random.nextBoolean() ? header + random.nextInt(200) : 1 << 20;
    int record = random.nextInt(4) == 0 ? 20 : 60 + random.nextInt(2000);
    ReadLimits limits =
        new ReadLimits(row, record, 1 + random.nextInt(300), 1 + random.nextInt(500));
    return new TestFile(layout, merge, bytes, limits);
  }

  private static int indexOfLineFeed(byte[] bytes) {
    int at = 0;
    while (at < bytes.length && bytes[at] != '\n') {
      at++;
    }
    return at;
  }

  int length() {
    return bytes.length;
  }

  /** Line feeds before an offset. */
  long lineFeeds(long before) {
    long count = 0;
    for (int at = 0; at < before; at++) {
      count += bytes[at] == '\n' ? 1 : 0;
    }
    return count;
  }

  /** What stands from an offset on, as Latin-1. */
  String tail(long from) {
    int start = Math.toIntExact(from);
    return new String(bytes, start, bytes.length - start, StandardCharsets.ISO_8859_1);
  }

  Layout layout() {
    return layout;
  }

  /** How many rejects the planner would count; of a file with the limits of the product. */
  public RejectCount rejects(FilePlan plan) {
    int start = Math.toIntExact(plan.start());
    int length = Math.toIntExact(plan.end() - plan.start());
    try (InputStream rows = new ByteArrayInputStream(bytes, start, length)) {
      return RejectCount.of(plan, layout, merge, rows);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static TestFile of(String type, boolean merge, String text) {
    return new TestFile(
        LAYOUTS.get(type), merge, text.getBytes(StandardCharsets.UTF_8), ReadLimits.DEFAULT);
  }

  /** The planner's word, given the file in one piece. */
  public FileReading plan(UnknownColumns unknown, SplitLimits splits) {
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
