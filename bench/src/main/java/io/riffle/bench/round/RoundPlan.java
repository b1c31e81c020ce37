package io.riffle.bench.round;

import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Layouts;
import io.riffle.schemas.layout.Lines;

/**
 * What to measure.
 *
 * @param lines of each claim, where the type has claims; 0 for 1 to 67, mostly few
 * @param runs rounds that count
 * @param warmup records to be loaded before the first of them
 */
public record RoundPlan(Layouts layouts, Layout layout, int lines, int runs, long warmup) {

  /** Lines of each record, for reports; null for types whose records have none to choose. */
  public Integer linesPerRecord() {
    return layout.lines() == Lines.ROWS ? lines : null;
  }
}
