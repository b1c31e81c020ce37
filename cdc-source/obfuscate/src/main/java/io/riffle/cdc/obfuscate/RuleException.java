package io.riffle.cdc.obfuscate;

import java.util.List;

/** Rules that cannot be used; the message lists every problem, one per line. */
public final class RuleException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  RuleException(List<String> problems) {
    super("The rules have problems:\n  " + String.join("\n  ", problems));
    this.problems = List.copyOf(problems);
  }

  /** What is wrong, at least one. */
  public List<String> problems() {
    return problems;
  }
}
