package io.riffle.operations.ledger;

/** What an operator may order of files that nothing was published of. */
public enum FileOrder {
  /** Leave it alone, and let nobody wait for it. */
  SKIP("SKIPPED"),
  /** Look at it anew. */
  RETRY("DISCOVERED");

  private final String state;

  FileOrder(String state) {
    this.state = state;
  }

  /** The state that files have then. */
  public String state() {
    return state;
  }
}
