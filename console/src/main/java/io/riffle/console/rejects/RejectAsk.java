package io.riffle.console.rejects;

import io.riffle.console.access.RefusedException;
import io.riffle.console.html.Html;
import io.riffle.console.html.Node;
import io.riffle.console.page.Ask;
import io.riffle.console.page.Forms;
import io.riffle.console.page.Nav;
import io.riffle.operations.rejects.RejectFilter;
import io.riffle.operations.rejects.RejectStatus;
import java.util.ArrayList;
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
  private static final String USUAL = "UNSETTLED";
  private static final int BAD_REQUEST = 400;

  static RejectAsk of(Ask ask) {
    return new RejectAsk(
        ask.text("cause").map(RejectAsk::upper),
        ask.text("type").map(RejectAsk::upper),
        ask.text("file"),
        upper(ask.text("status").orElse(USUAL)));
  }

  /** As a form of the page carries it along. */
  static RejectAsk ofForm(Ask ask) {
    return new RejectAsk(
        ask.formText("shown-cause").map(RejectAsk::upper),
        ask.formText("shown-type").map(RejectAsk::upper),
        ask.formText("shown-file"),
        upper(ask.formText("shown-status").orElse(USUAL)));
  }

  /** For {@link #ofForm}. */
  List<Node> hidden() {
    List<Node> fields = new ArrayList<>(List.of(Forms.hidden("shown-status", status)));
    cause.ifPresent(text -> fields.add(Forms.hidden("shown-cause", text)));
    type.ifPresent(text -> fields.add(Forms.hidden("shown-type", text)));
    file.ifPresent(text -> fields.add(Forms.hidden("shown-file", text)));
    return fields;
  }

  /** Where the page is that shows them. */
  String address() {
    return Nav.REJECTS.path()
        + "?status="
        + Html.encoded(status)
        + cause.map(text -> "&cause=" + Html.encoded(text)).orElse("")
        + type.map(text -> "&type=" + Html.encoded(text)).orElse("")
        + file.map(text -> "&file=" + Html.encoded(text)).orElse("");
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
