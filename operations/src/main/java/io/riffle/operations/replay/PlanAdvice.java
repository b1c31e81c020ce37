package io.riffle.operations.replay;

import java.util.ArrayList;
import java.util.List;

/**
 * What an operator should know before a plan is run.
 *
 * @param tables whose rows it writes
 * @param repairs what it can put right
 * @param doesNot what it cannot
 * @param irrevocable what cannot be undone
 * @param notes what was found while planning
 */
public record PlanAdvice(
    List<String> tables,
    List<String> repairs,
    List<String> doesNot,
    List<String> irrevocable,
    List<String> notes) {

  static PlanAdvice of(ReplayPlan plan, String schema) {
    List<String> tables = ReplayPlan.tables(plan.layout(), schema);
    return switch (plan.request().mode()) {
      case MERGE -> merge(plan, tables);
      case REBUILD -> rebuild(plan, tables);
      case REINGEST -> reingest(plan, tables);
      case GENERATION -> throw new IllegalArgumentException("it is of no single type");
    };
  }

  private static PlanAdvice merge(ReplayPlan plan, List<String> tables) {
    boolean forced = plan.request().forced();
    List<String> repairs = new ArrayList<>();
    repairs.add("rows that are missing, with their lines, months and former identities");
    repairs.add("rows that are older than their newest record");
    List<String> doesNot = new ArrayList<>();
    if (forced) {
      repairs.add(
          "rows, and lines, that somebody has changed: all of the same version are written");
      repairs.add("rows of deleted keys that somebody has put back");
    } else {
      doesNot.add("rows, and lines, that somebody has changed (--force does)");
    }
    doesNot.add("rows that no record is of, and rows that are newer than the topic (rebuild does)");
    doesNot.add("records that were rejected (riffle rejects redrive)");
    if (!(plan.request().start() instanceof StartAt.Beginning)) {
      doesNot.add("rows whose newest record is before the start");
    }
    return new PlanAdvice(
        tables,
        repairs,
        doesNot,
        List.of(
            forced
                ? "changes made by hand in rows that are written are gone"
                : "rows that were deleted by hand, past Riffle, are back"),
        plan.notes());
  }

  private static PlanAdvice rebuild(ReplayPlan plan, List<String> tables) {
    return new PlanAdvice(
        tables,
        List.of("everything in these tables: they are made anew from the topic"),
        List.of("records that were rejected (riffle rejects redrive)"),
        List.of(
            "what was written into these tables past Riffle is not in the new ones; the old ones are"
                + " kept until riffle replay drop"),
        plan.notes());
  }

  private static PlanAdvice reingest(ReplayPlan plan, List<String> tables) {
    return new PlanAdvice(
        tables,
        List.of(
            "raw records of the file that have expired: they are on the raw topic again, and the"
                + " file can be replayed",
            "records that were rejected by mistake: they are read again",
            "a merge state that was lost"),
        List.of(
            "rows that are missing or changed: records that the merge state knows are duplicates and"
                + " not sent on (replay --file does)"),
        List.of("open rejects of the file are SUPERSEDED by those of the new attempt"),
        plan.notes());
  }
}
