package io.riffle.operations.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is found at one part, in the order of looking. For one thread. */
public final class Findings {
  private final String part;
  private final List<Finding> all = new ArrayList<>();

  Findings(String part) {
    this.part = part;
  }

  /** As it should be. */
  public void ok(String text) {
    all.add(new Finding(part, Verdict.OK, text, Optional.empty()));
  }

  /** It works, but should be looked after. */
  public void warn(String text, String advice) {
    all.add(new Finding(part, Verdict.WARN, text, Optional.of(advice)));
  }

  /** It does not work. */
  public void fail(String text, String advice) {
    all.add(new Finding(part, Verdict.FAIL, text, Optional.of(advice)));
  }

  List<Finding> all() {
    return List.copyOf(all);
  }
}
