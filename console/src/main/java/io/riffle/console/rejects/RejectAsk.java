package io.riffle.console.rejects;

import io.riffle.console.access.RefusedException;
import io.riffle.console.html.Html;
import io.riffle.console.html.Node;
import io.riffle.console.page.Ask;
import io.riffle.console.page.Forms;
import io.riffle.console.page.Nav;
import io.riffle.operations.rejects.Moment;
import io.riffle.operations.rejects.RejectCause;
import io.riffle.operations.rejects.RejectFilter;
import io.riffle.operations.rejects.RejectStatus;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which rejects somebody wants to see.
 *
 * @param since a {@link Moment} as it was given
 * @param status a status, UNSETTLED or ALL
 * @param before number of the last reject of the page before; the newest without it
 */
record RejectAsk(
    Optional<String> cause,
    Optional<String> type,
    Optional<String> file,
    Optional<String> since,
    String status,
    Optional<Long> before) {
  static final List<String> STATUSES =
      List.of("UNSETTLED", "OPEN", "REDRIVING", "REDRIVEN", "SUPERSEDED", "DISCARDED", "ALL");
  private static final String USUAL = "UNSETTLED";
  private static final int BAD_REQUEST = 400;

  static RejectAsk of(Ask ask) {
    return new RejectAsk(
        ask.text("cause").map(RejectAsk::upper),
        ask.text("type").map(RejectAsk::upper),
        ask.text("file"),
        ask.text("since"),
        upper(ask.text("status").orElse(USUAL)),
        ask.number("before"));
  }

  /** As a form of the page carries it along. */
  static RejectAsk ofForm(Ask ask) {
    return new RejectAsk(
        ask.formText("shown-cause").map(RejectAsk::upper),
        ask.formText("shown-type").map(RejectAsk::upper),
        ask.formText("shown-file"),
        ask.formText("shown-since"),
        upper(ask.formText("shown-status").orElse(USUAL)),
        ask.formText("shown-before").map(text -> Ask.number("before", text)));
  }

  /** For {@link #ofForm}. */
  List<Node> hidden() {
    List<Node> fields = new ArrayList<>(List.of(Forms.hidden("shown-status", status)));
    cause.ifPresent(text -> fields.add(Forms.hidden("shown-cause", text)));
    type.ifPresent(text -> fields.add(Forms.hidden("shown-type", text)));
    file.ifPresent(text -> fields.add(Forms.hidden("shown-file", text)));
    since.ifPresent(text -> fields.add(Forms.hidden("shown-since", text)));
    before.ifPresent(id -> fields.add(Forms.hidden("shown-before", Long.toString(id))));
    return fields;
  }

  /** Where the page is that shows them. */
  String address() {
    return addressBefore(before);
  }

  /**
   * Where the page is that shows those that come behind.
   *
   * @param last number of the last one that is shown; empty for the first page
   */
  String addressBefore(Optional<Long> last) {
    return Nav.REJECTS.path()
        + "?status="
        + Html.encoded(status)
        + cause.map(text -> "&cause=" + Html.encoded(text)).orElse("")
        + type.map(text -> "&type=" + Html.encoded(text)).orElse("")
        + file.map(text -> "&file=" + Html.encoded(text)).orElse("")
        + since.map(text -> "&since=" + Html.encoded(text)).orElse("")
        + last.map(id -> "&before=" + id).orElse("");
  }

  /** Those of a line of the table by cause. */
  RejectAsk with(RejectCause line) {
    return new RejectAsk(
        Optional.of(line.reason()),
        Optional.of(line.type()),
        file,
        since,
        line.status(),
        Optional.empty());
  }

  private static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  RejectFilter filter(Instant now) {
    return new RejectFilter(List.of(), file, cause, type, statuses(), since(now));
  }

  /** The point in time that is meant by {@code since}. */
  Optional<Instant> since(Instant now) {
    return since.map(text -> moment(text, now));
  }

  /**
   * A point in time.
   *
   * @throws RefusedException when it is none
   */
  static Instant moment(String text, Instant now) {
    try {
      return Moment.parse(text, now);
    } catch (DateTimeException e) {
      throw new RefusedException(
          BAD_REQUEST, "since is such as 90m, 24h, 7d, or an instant such as 2026-11-20T10:00:00Z");
    }
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
