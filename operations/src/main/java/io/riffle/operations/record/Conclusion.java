package io.riffle.operations.record;

import io.riffle.operations.record.FieldAnswer.Standing;
import java.util.stream.Collectors;

/**
 * What an answer comes to.
 *
 * @param text for a reader, without any value
 */
public record Conclusion(Verdict verdict, String text) {

  /** How the table stands to the records. */
  public enum Verdict {
    /** It has what all records give. */
    AGREES(true),
    /** The same, by what is left of the records. */
    AGREES_AS_FAR_AS_SEEN(true),
    /** The key was deleted, and there is no row. */
    DELETED(true),
    /** There is no row; what was delivered waits for the key. */
    WAITS(true),
    /** There is no row, and nothing that was delivered gives one. */
    NO_ROW(true),
    /** Records of the key are still on their way to the table. */
    BEHIND(false),
    /** The sink has refused a record of the key. */
    REFUSED(false),
    /** The records give a row, the table lacks it, and nothing is on its way. */
    MISSING(false),
    /** The table is not as Riffle has written it. */
    CHANGED(false),
    /** The table is as Riffle has written it, and not what the records give. */
    DIFFERS(false);

    private final boolean ok;

    Verdict(boolean ok) {
      this.ok = ok;
    }

    /** Whether nobody needs to look any further. */
    public boolean isOk() {
      return ok;
    }
  }

  /** Of an answer about a key that is known. */
  public static Conclusion of(RecordAnswer answer) {
    long changed = answer.count(Standing.CHANGED);
    if (changed > 0) {
      return new Conclusion(
          Verdict.CHANGED,
          "%d fields of the table are not as Riffle wrote them (offset %d of the merged topic): the table was changed by somebody else"
              .formatted(changed, answer.stored().version().map(v -> v.offset()).orElse(-1L)));
    }
    long other = answer.count(Standing.BEHIND) + answer.count(Standing.DIFFERS);
    return other > 0 || answer.isOutOfStep() ? outOfStep(answer, other) : inStep(answer);
  }

  private static Conclusion outOfStep(RecordAnswer answer, long fields) {
    Lag lag = answer.lag();
    if (lag.isOnItsWay()) {
      return new Conclusion(Verdict.BEHIND, behind(lag));
    } else if (!answer.refusedBySink().isEmpty()) {
      return new Conclusion(
          Verdict.REFUSED,
          "the sink has refused what the records give: reject "
              + answer.refusedBySink().stream()
                  .map(reject -> reject.id() + " (" + reject.reason() + ")")
                  .collect(Collectors.joining(", ")));
    } else if (answer.stored().version().isEmpty()) {
      return new Conclusion(
          Verdict.MISSING,
          "the records give a row, the table has none, and nothing of the key is on its way");
    }
    return new Conclusion(
        Verdict.DIFFERS,
        fields > 0
            ? fields + " fields are not what the records give, and nothing of the key is on its way"
            : "the table has a row that the records do not give");
  }

  private static String behind(Lag lag) {
    String merge =
        "%d of its records not merged yet (merge-processor is %d offsets behind)"
            .formatted(lag.toMerge(), lag.mergeBehind());
    String sink =
        "%d merged ones not written yet (the sink is %d offsets behind)"
            .formatted(lag.toStore(), lag.sinkBehind());
    String all = lag.toMerge() == 0 ? sink : lag.toStore() == 0 ? merge : merge + ", " + sink;
    return "the table is behind the records: " + all;
  }

  private static Conclusion inStep(RecordAnswer answer) {
    if (answer.stored().version().isPresent()) {
      return answer.isComplete()
          ? new Conclusion(Verdict.AGREES, "the table has what the records give")
          : new Conclusion(
              Verdict.AGREES_AS_FAR_AS_SEEN,
              "the table has what the records give, as far as can be seen");
    } else if (answer.stored().deleted().isPresent()) {
      return new Conclusion(Verdict.DELETED, "the key was deleted; the table has no row");
    } else if (!answer.waiting().isEmpty()) {
      return new Conclusion(
          Verdict.WAITS, "the table has no row: what was delivered waits for the key");
    }
    return new Conclusion(Verdict.NO_ROW, "the table has no row, and the records give none");
  }
}
