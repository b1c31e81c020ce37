package io.riffle.cdc.source;

import java.util.List;

/**
 * What was found in a source.
 *
 * @param problems why it cannot be captured, all of them; none: it can
 * @param warnings what an operator should know
 */
public record Inspection(List<CapturedTable> tables, List<String> problems, List<String> warnings) {
  public Inspection {
    tables = List.copyOf(tables);
    problems = List.copyOf(problems);
    warnings = List.copyOf(warnings);
  }
}
