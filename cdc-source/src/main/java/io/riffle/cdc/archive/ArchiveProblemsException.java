package io.riffle.cdc.archive;

import java.util.List;

/** Files of the archive that cannot be loaded; the message lists every problem, one per line. */
public final class ArchiveProblemsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  ArchiveProblemsException(List<String> problems) {
    super("Nothing was loaded:\n  " + String.join("\n  ", problems));
    this.problems = List.copyOf(problems);
  }

  /** What is wrong, at least one; keys of objects, never values. */
  public List<String> problems() {
    return problems;
  }
}
