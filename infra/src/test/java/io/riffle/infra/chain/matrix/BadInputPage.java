package io.riffle.infra.chain.matrix;

import io.riffle.infra.chain.matrix.Expected.Counts;
import java.util.ArrayList;
import java.util.List;

/** The page that tells operators what becomes of bad input: the matrix in words. */
final class BadInputPage {

  private BadInputPage() {}

  /** The page as Markdown. */
  static String of(List<MatrixRow> rows) {
    StringBuilder page = new StringBuilder();
    rows.forEach(row -> add(page, row));
    return page.toString();
  }

  private static void add(StringBuilder page, MatrixRow row) {
    page.append("\n### B").append(row.row()).append(". ").append(row.input()).append("\n\n");
    page.append(row.outcome()).append(" (").append(row.rule()).append(").\n\n");
    page.append("| case | input | outcome |\n|---|---|---|\n");
    for (MatrixCase one : row.cases()) {
      page.append("| ").append(one.id().substring(one.id().indexOf(' ') + 1));
      page.append(" | ").append(cell(one.title()));
      page.append(" | ").append(cell(outcome(one))).append(" |\n");
    }
  }

  private static String outcome(MatrixCase one) {
    List<String> parts = new ArrayList<>();
    one.steps().forEach(step -> parts.add(outcome(step)));
    if (!one.topics().isEmpty()) {
      parts.add(
          one.topics().get(0).value() == PoisonValue.REPLAY
              ? "nothing changes"
              : "UNDECODABLE by topic, partition, offset");
    }
    one.elsewhere().ifPresent(test -> parts.add("shown by " + test));
    return String.join("; then ", parts) + (one.huge() ? " (long suite)" : "");
  }

  private static String outcome(SetStep step) {
    Expected expected = step.expected();
    return expected.state()
        + expected.reason().map(reason -> " (" + reason + ")").orElse("")
        + expected.counts().map(counts -> counts(counts)).orElse("")
        + (expected.rejects().isEmpty() ? "" : ": " + String.join(", ", reasons(expected)));
  }

  private static String counts(Counts counts) {
    return ", "
        + counts.applied()
        + " of "
        + counts.records()
        + " applied"
        + (counts.parked() > 0 ? ", " + counts.parked() + " parked" : "")
        + (counts.repeated() > 0 ? ", " + counts.repeated() + " repeated key" : "");
  }

  private static List<String> reasons(Expected expected) {
    return expected.rejects().stream()
        .map(reject -> reject.replaceFirst(".*: ", ""))
        .distinct()
        .toList();
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;");
  }
}
