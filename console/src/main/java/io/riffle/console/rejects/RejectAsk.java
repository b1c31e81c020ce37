package io.riffle.console.rejects;

import io.riffle.console.access.RefusedException;
import io.riffle.console.page.Ask;
import io.riffle.operations.rejects.RejectFilter;
import io.riffle.operations.rejects.RejectStatus;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which rejects somebody wants to see.
 *
 * @param status a status, UNSETTLED or ALL
 */
record RejectAsk(
    Optional<String> cause, Optional<String> type, Optional<String> file, String status) {
  static final List<String> STATUSES =
      List.of("UNSETTLED", "OPEN", "REDRIVING", "REDRIVEN", "SUPERSEDED", "DISCARDED", "ALL");
  private static final int BAD_REQUEST = 400;

  static RejectAsk of(Ask ask) {
    return new RejectAsk(
        ask.text("cause").map(RejectAsk::upper),
        ask.text("type").map(RejectAsk::upper),
        ask.text("file"),
        upper(ask.text("status").orElse("UNSETTLED")));
  }

  private static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  RejectFilter filter() {
    return new RejectFilter(List.of(), file, cause, type, statuses(), Optional.empty());
  }

  private List<RejectStatus> statuses() {
    if (!STATUSES.contains(status)) {
      throw new RefusedException(BAD_REQUEST, "a status is one of " + String.join(", ", STATUSES));
    }
    return switch (status) {
      case "ALL" -> List.of();
      case "UNSETTLED" -> RejectStatus.UNSETTLED;
      default -> List.of(RejectStatus.valueOf(status));
    };
  }
}
