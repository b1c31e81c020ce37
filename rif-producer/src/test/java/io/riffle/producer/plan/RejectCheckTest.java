package io.riffle.producer.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.producer.rif.FilePlan;
import io.riffle.producer.rif.FileProblem;
import io.riffle.producer.rif.FileProblem.Reason;
import io.riffle.producer.rif.RejectCount;
import io.riffle.producer.rif.SplitLimits;
import io.riffle.producer.rif.SplitPlanner;
import io.riffle.producer.rif.UnknownColumns;
import io.riffle.schemas.control.RejectReason;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Layouts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A file against the limit of its rejects. */
final class RejectCheckTest {

  private static final Layout CARRIER = Layouts.load().get("CARRIER");
  private static final String HEADER = "CLM_ID|CARR_NUM|CLM_FROM_DT\n";
  private static final String GOOD = "1|A|20200101\n";
  private static final String BAD_DATE = "1|A|20209901\n";
  private static final String TOO_LONG = "1|much too long|20200101\n";

  private static FilePlan plan(byte[] file) {
    SplitPlanner planner =
        new SplitPlanner(CARRIER, true, UnknownColumns.REJECT, new SplitLimits(60, 3, 1_000));
    planner.accept(file, 0, file.length);
    return (FilePlan) planner.finish();
  }

  private static RejectCount count(byte[] file) throws IOException {
    FilePlan plan = plan(file);
    int start = Math.toIntExact(plan.start());
    int length = Math.toIntExact(plan.end() - plan.start());
    return RejectCount.of(plan, CARRIER, true, new ByteArrayInputStream(file, start, length));
  }

  private static Optional<FileProblem> problem(String rows, String limit) throws IOException {
    byte[] file = (HEADER + rows).getBytes(StandardCharsets.UTF_8);
    return RejectCheck.problem(plan(file), count(file), RejectLimit.parse(limit));
  }

  @Test
  void asManyAsTheLimitAreAllowedAndOneMoreIsNot() throws IOException {
    String rows = GOOD.repeat(8) + BAD_DATE.repeat(2);
    assertThat(problem(rows, "2")).isEmpty();
    assertThat(problem(rows, "20%")).isEmpty();
    assertThat(problem(rows, "1")).isPresent();
    assertThat(problem(rows, "19.9%")).isPresent();
  }

  @Test
  void saysWhereTheFirstOneIsHowManyAndWhyMost() throws IOException {
    String rows = GOOD + TOO_LONG + BAD_DATE.repeat(2) + GOOD.repeat(1234);
    assertThat(problem(rows, "0.1%"))
        .contains(
            new FileProblem(
                Reason.TOO_MANY_REJECTS,
                3,
                Optional.of("CARR_NUM"),
                "3 of 1,238 records are rejected, at most 1 (0.1%) are allowed; most (2) for"
                    + " NOT_A_DATE"));
  }

  @Test
  void zeroHaltsAtAnyReject() throws IOException {
    assertThat(problem(GOOD + "1|A\n", "0"))
        .contains(
            new FileProblem(
                Reason.TOO_MANY_REJECTS,
                3,
                Optional.empty(),
                "1 of 2 records are rejected, at most 0 are allowed; all for TOO_FEW_FIELDS"));
    assertThat(problem(GOOD + BAD_DATE, "0%")).isPresent();
    assertThat(problem(GOOD.repeat(9), "0")).isEmpty();
  }

  @Test
  void aFileWithoutRecordsIsNeverOver() throws IOException {
    for (String limit : new String[] {"0", "0%", "1%", "100%"}) {
      assertThat(problem("", limit)).isEmpty();
      assertThat(problem("\n\n\r\n", limit)).isEmpty();
    }
  }

  @Test
  void blankLinesAtTheEndAreNoRejects() throws IOException {
    assertThat(problem(GOOD + "\n\n\n", "0")).isEmpty();
    assertThat(problem(GOOD + "\n" + GOOD, "0")).isPresent();
  }

  @Test
  void countsByReason() throws IOException {
    byte[] file = (HEADER + TOO_LONG + BAD_DATE + GOOD + BAD_DATE).getBytes(StandardCharsets.UTF_8);
    assertThat(count(file).byReason())
        .isEqualTo(Map.of(RejectReason.TOO_LONG, 1L, RejectReason.NOT_A_DATE, 2L));
    assertThat(count(file).records()).isEqualTo(3);
  }
}
