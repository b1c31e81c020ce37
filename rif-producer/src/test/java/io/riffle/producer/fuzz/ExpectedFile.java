package io.riffle.producer.fuzz;

import io.riffle.producer.rif.Outcome;
import java.util.List;

/**
 * What must come of a file.
 *
 * @param state state, reason and detail in the ledger begin so
 * @param published whether its records are on topics; else nothing of it is anywhere
 * @param lines of the file, its header included
 * @param outcomes of its records, in their order
 */
public record ExpectedFile(String state, boolean published, long lines, List<Outcome> outcomes) {

  public ExpectedFile {
    outcomes = List.copyOf(outcomes);
  }

  static ExpectedFile unpublished(String state) {
    return new ExpectedFile(state, false, 0, List.of());
  }

  static ExpectedFile published(long lines, List<Outcome> outcomes) {
    return new ExpectedFile("LOADING|null|null", true, lines, outcomes);
  }
}
