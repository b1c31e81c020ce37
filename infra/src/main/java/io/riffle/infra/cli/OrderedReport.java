package io.riffle.infra.cli;

import io.riffle.operations.ledger.FileOrder;
import io.riffle.operations.ledger.Ordered;
import io.riffle.operations.ledger.OrderedJson;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Which files an order was done to, and why not to others: of many, the first of each reason. */
final class OrderedReport {

  /** Named of each kind; JSON has all. */
  private static final int MOST = 10;

  private final Ordered ordered;
  private final FileOrder order;
  private final String asked;
  private final boolean dryRun;

  OrderedReport(Ordered ordered, FileOrder order, String asked, boolean dryRun) {
    this.ordered = ordered;
    this.order = order;
    this.asked = asked;
    this.dryRun = dryRun;
  }

  void print(StackOptions options) {
    System.out.println(options.json() ? OrderedJson.of(ordered, order, dryRun).toString() : text());
  }

  String text() {
    if (ordered.files().isEmpty()) {
      return "the ledger has no file, manifest or data set " + asked + " (see riffle files)";
    }
    StringBuilder text = new StringBuilder();
    text.append(ordered.done().size())
        .append(dryRun ? " would be " : " now ")
        .append(order.state())
        .append(named(ordered.done()));
    refusedByReason()
        .forEach(
            (why, files) ->
                text.append("\n")
                    .append(files.size())
                    .append(" not, ")
                    .append(why)
                    .append(named(files)));
    return text.toString();
  }

  private Map<String, List<Ordered.Each>> refusedByReason() {
    return ordered.refused().stream()
        .collect(
            Collectors.groupingBy(
                each -> each.refusal().orElseThrow(), TreeMap::new, Collectors.toList()));
  }

  private static String named(List<Ordered.Each> files) {
    StringBuilder names = new StringBuilder();
    files.stream().limit(MOST).forEach(each -> names.append("\n  ").append(each.key()));
    int more = files.size() - MOST;
    return more > 0 ? names + "\n  and " + more + " more" : names.toString();
  }
}
