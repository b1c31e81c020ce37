package io.riffle.failure;

/**
 * A failure of a neighbour, as operators are told of it.
 *
 * @param code what the neighbour said: SQLSTATE, HTTP status, name of an exception
 * @param text names objects, never values of records
 */
public record Failure(Neighbour neighbour, String code, Verdict verdict, String text) {

  /** A failure whose code is in the table. */
  public static Failure of(Neighbour neighbour, String code, String text) {
    Verdict verdict =
        FailureTable.builtIn().find(neighbour, code).map(FailureRule::verdict).orElseThrow();
    return new Failure(neighbour, code, verdict, text);
  }

  /** No answer at all, not in time, or a broken one. */
  public static Failure noAnswer(Neighbour neighbour, String text) {
    return of(neighbour, "NO_ANSWER", text);
  }

  /** What is not foreseen, in the words of its type only: its message may say anything. */
  public static Failure ofDefect(Throwable thrown) {
    return of(Neighbour.RIFFLE, FailureRule.OTHER, thrown.getClass().getSimpleName());
  }

  /**
   * For statements whose values are all Riffle's own: one that does not fit is no record's fault.
   */
  public Failure ofBookkeeping() {
    return verdict == Verdict.RECORD
        ? new Failure(neighbour, code, Verdict.SYSTEMIC, "bookkeeping failed: " + text)
        : this;
  }

  @Override
  public String toString() {
    return neighbour + " " + code + ": " + text;
  }
}
