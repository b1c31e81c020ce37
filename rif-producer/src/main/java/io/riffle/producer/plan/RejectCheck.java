package io.riffle.producer.plan;

import io.riffle.producer.rif.FilePlan;
import io.riffle.producer.rif.FileProblem;
import io.riffle.producer.rif.FileProblem.Reason;
import io.riffle.producer.rif.RejectCount;
import java.util.Locale;
import java.util.Optional;

/** Whether a file has more bad records than its type's policy allows. */
final class RejectCheck {

  private RejectCheck() {}

  /** The problem, if there are too many: where the first one is, how many, why most of them. */
  static Optional<FileProblem> problem(FilePlan plan, RejectCount count, RejectLimit limit) {
    return count.records() <= limit.allowed(plan.records())
        ? Optional.empty()
        : count
            .first()
            .map(
                at ->
                    new FileProblem(
                        Reason.TOO_MANY_REJECTS,
                        at.line(),
                        at.column(),
                        detail(plan.records(), count, limit)));
  }

  private static String detail(long records, RejectCount count, RejectLimit limit) {
    return String.format(
            Locale.ROOT,
            "%,d of %,d records are rejected, at most %,d%s are allowed",
            count.records(),
            records,
            limit.allowed(records),
            limit instanceof RejectLimit.Percent ? " (" + limit + ")" : "")
        + count.mostFrequent().map(reason -> most(reason.name(), count)).orElse("");
  }

  private static String most(String reason, RejectCount count) {
    long most = count.byReason().values().stream().mapToLong(Long::longValue).max().orElse(0);
    return most == count.records()
        ? "; all for " + reason
        : String.format(Locale.ROOT, "; most (%,d) for %s", most, reason);
  }
}
