package io.riffle.failure;

/** What a neighbour means that speaks HTTP, by status. */
public final class HttpFailures {
  private HttpFailures() {}

  /** An answer that is none of those that the caller can use. */
  public static Failure of(Neighbour neighbour, int status, String text) {
    FailureTable table = FailureTable.builtIn();
    String code = Integer.toString(status);
    FailureRule rule =
        table
            .find(neighbour, code)
            .or(() -> table.find(neighbour, code.charAt(0) + "xx"))
            .orElseGet(() -> table.other(neighbour));
    return new Failure(neighbour, code, rule.verdict(), text);
  }
}
