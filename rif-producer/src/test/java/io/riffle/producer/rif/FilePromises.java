package io.riffle.producer.rif;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/**
 * What holds of every file, good or hostile: planner and reader see the same rows and records,
 * however the bytes are cut, and no row is lost.
 */
public final class FilePromises {

  private static final SplitLimits ONE_SPLIT = new SplitLimits(1 << 30, 1 << 30, 1 << 30);

  private final TestFile file;
  private final UnknownColumns unknown;
  private final String name;

  /**
   * @param name of the file in messages
   */
  public FilePromises(TestFile file, UnknownColumns unknown, String name) {
    this.file = file;
    this.unknown = unknown;
    this.name = name;
  }

  /** The planner's word, the same whatever the pieces that the file comes in. */
  public FileReading plan(SplitLimits limits, Random random) {
    FileReading reading = file.plan(unknown, limits);
    assertThat(file.planInPieces(unknown, limits, random)).as(name).isEqualTo(reading);
    return reading;
  }

  /**
   * The outcomes of a planned file, the same whatever the splits.
   *
   * @throws AssertionError where a promise is broken
   */
  public Outcomes read(FilePlan plan, SplitLimits limits) {
    Outcomes bySplit = readSplits(plan, limits);
    FilePlan whole = (FilePlan) file.plan(unknown, ONE_SPLIT);
    assertThat(bySplit.summaries()).as(name).isEqualTo(readSplits(whole, ONE_SPLIT).summaries());
    assertThat(whole.rows()).as(name).isEqualTo(plan.rows());
    requireAllRows(plan, bySplit);
    return bySplit;
  }

  private Outcomes readSplits(FilePlan plan, SplitLimits limits) {
    Outcomes outcomes = new Outcomes(plan.schema());
    SplitReader reader = file.reader(plan);
    long start = plan.start();
    for (PlannedSplit split : plan.splits()) {
      assertThat(split.start()).as(name).isEqualTo(start);
      assertThat(split.firstRecord()).as(name).isEqualTo(outcomes.all.size() + 1);
      assertThat(split.line()).as(name).isEqualTo(1 + file.lineFeeds(split.start()));
      SplitTotals totals = file.read(reader, split, outcomes);
      assertThat(totals.allRecords()).as(name).isEqualTo(split.records());
      assertThat(totals.allRows()).as(name).isEqualTo(split.rows());
      assertThat(isWithin(split, limits)).as(name).isTrue();
      start = split.end();
    }
    requireNumbered(outcomes);
    assertThat(rawBytes(outcomes)).as(name).isLessThanOrEqualTo(file.length());
    return outcomes;
  }

  /** Header, rows of records, and nothing but blank lines behind them. */
  private void requireAllRows(FilePlan plan, Outcomes outcomes) {
    long rows = outcomes.all.stream().mapToLong(Outcome::rows).sum();
    assertThat(rows).as(name).isEqualTo(plan.rows());
    assertThat(plan.lines()).as(name).isEqualTo(1 + rows);
    assertThat(plan.records()).as(name).isEqualTo(outcomes.all.size());
    long end = plan.end();
    if (plan.splits().isEmpty()) {
      assertThat(file.tail(0).replaceFirst("[^\n]*", "")).as(name).matches("[\r\n]*");
    } else {
      assertThat(file.tail(end)).as(name).matches("[\r\n]*");
      assertThat(file.lineFeeds(plan.start())).as(name).isEqualTo(1);
    }
  }

  private static boolean isWithin(PlannedSplit split, SplitLimits limits) {
    return split.records() == 1
        || (split.rows() <= limits.rows() && split.end() - split.start() <= limits.bytes());
  }

  private static long rawBytes(Outcomes outcomes) {
    return outcomes.all.stream()
        .filter(Outcome.Rejected.class::isInstance)
        .mapToLong(outcome -> ((Outcome.Rejected) outcome).raw().length())
        .sum();
  }

  private void requireNumbered(Outcomes outcomes) {
    List<Long> expected = LongStream.rangeClosed(1, outcomes.all.size()).boxed().toList();
    assertThat(outcomes.all.stream().map(Outcome::number).toList()).as(name).isEqualTo(expected);
  }
}
