package io.riffle.infra.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffle.operations.rejects.Taken;
import io.riffle.operations.rejects.TakenJson;
import java.util.stream.Collectors;

/** Which rejects a command took, and why others not. */
final class TakenReport {

  /** Numbers shown of those that were taken; JSON has all. */
  private static final int MOST = 50;

  private final Taken taken;
  private final String done;
  private final boolean dryRun;

  /**
   * @param done the status that they have now
   */
  TakenReport(Taken taken, String done, boolean dryRun) {
    this.taken = taken;
    this.done = done;
    this.dryRun = dryRun;
  }

  void print(StackOptions options) {
    System.out.println(options.json() ? json().toString() : text());
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    text.append(taken.done().size()).append(dryRun ? " would be " : " now ").append(done);
    if (!taken.done().isEmpty()) {
      text.append(": ").append(numbers());
    }
    taken
        .refused()
        .forEach(
            each ->
                text.append("\nnot ")
                    .append(each.reject())
                    .append(": ")
                    .append(each.refusal().orElseThrow()));
    return text.toString();
  }

  private String numbers() {
    String first =
        taken.done().stream()
            .limit(MOST)
            .map(each -> Long.toString(each.reject()))
            .collect(Collectors.joining(" "));
    return taken.done().size() > MOST ? first + " ..." : first;
  }

  ObjectNode json() {
    return TakenJson.of(taken, done, dryRun);
  }
}
