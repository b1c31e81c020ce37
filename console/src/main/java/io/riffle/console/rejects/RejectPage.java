package io.riffle.console.rejects;

import static io.riffle.console.html.Html.a;
import static io.riffle.console.html.Html.attr;
import static io.riffle.console.html.Html.button;
import static io.riffle.console.html.Html.cls;
import static io.riffle.console.html.Html.div;
import static io.riffle.console.html.Html.element;
import static io.riffle.console.html.Html.field;
import static io.riffle.console.html.Html.flag;
import static io.riffle.console.html.Html.h2;
import static io.riffle.console.html.Html.p;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.riffle.console.access.Gate;
import io.riffle.console.access.RefusedException;
import io.riffle.console.access.Role;
import io.riffle.console.access.Visitor;
import io.riffle.console.html.Html;
import io.riffle.console.html.Node;
import io.riffle.console.html.TableOf;
import io.riffle.console.page.Ask;
import io.riffle.console.page.Forms;
import io.riffle.console.page.Frame;
import io.riffle.console.page.Nav;
import io.riffle.console.page.View;
import io.riffle.console.page.Words;
import io.riffle.console.runbook.Runbook;
import io.riffle.operations.rejects.RejectFilter;
import io.riffle.operations.rejects.RejectRow;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One reject. The record itself is shown to whoever may see it and asks for it. */
public final class RejectPage {
  private static final Duration EVERY = Duration.ofSeconds(5);
  private static final int NOT_FOUND = 404;

  private final RejectDesk desk;
  private final Frame frame;
  private final Clock clock;

  public RejectPage(RejectDesk desk, Frame frame, Clock clock) {
    this.desk = desk;
    this.frame = frame;
    this.clock = clock;
  }

  public void addTo(RoutesConfig routes) {
    routes.get("/rejects/{id}", this::show, Role.VIEWER);
    routes.post("/rejects/{id}/values", this::values, Role.ADMIN);
  }

  private void show(Context context) throws SQLException {
    show(context, new Ask(context).pathNumber("id"), "");
  }

  /**
   * @param reason for giving it up, as somebody typed it before
   */
  void show(Context context, long id, String reason) throws SQLException {
    RejectRow row = row(id);
    Visitor visitor = Gate.visitor(context);
    Node content =
        div(facts(row), refusal(row), actions(row, reason, visitor), record(row, visitor));
    frame.show(
        context,
        View.live(
            "Reject " + RejectsPage.text(row, "id"), Nav.REJECTS, clock.instant(), EVERY, content));
  }

  private RejectRow row(long id) throws SQLException {
    return desk.ledger().list(RejectFilter.of(id), 1).stream()
        .findFirst()
        .orElseThrow(() -> new RefusedException(NOT_FOUND, "There is no such reject."));
  }

  private static Node facts(RejectRow row) {
    TableOf table = new TableOf("What is known of it", "What", "Value");
    row.values()
        .forEach(
            (name, value) -> {
              if (value != null) {
                table.row(name, fact(name, value));
              }
            });
    return div(p(cls("up"), a("/rejects", "All rejects")), table.node());
  }

  private static Object fact(String name, Object value) {
    return switch (name) {
      case "status" -> RejectsPage.status(value.toString());
      case "reason" -> Runbook.link(value.toString(), value);
      default -> value;
    };
  }

  private Node refusal(RejectRow row) throws SQLException {
    Optional<String> request = row.text("redrive");
    if (request.isEmpty()) {
      return Html.none();
    }
    return desk.ledger().redrives(List.of(Long.valueOf(request.get()))).stream()
        .flatMap(redrive -> redrive.detail().stream())
        .findFirst()
        .map(why -> p(cls("notice bad"), "Its redrive was refused: " + why))
        .orElseGet(Html::none);
  }

  private static Node actions(RejectRow row, String reason, Visitor visitor) {
    if (!RejectsPage.text(row, "status").equals("OPEN")) {
      return Html.none();
    }
    String id = RejectsPage.text(row, "id");
    return div(
        Forms.post(
            visitor,
            Role.OPERATOR,
            "/rejects/redrive",
            cls("actions"),
            Forms.hidden("page", RejectOrders.OF_ONE),
            Forms.hidden("id", id),
            button(cls("primary"), "Redrive")),
        Forms.post(
            visitor,
            Role.OPERATOR,
            "/rejects/discard",
            cls("actions"),
            Forms.hidden("page", RejectOrders.OF_ONE),
            Forms.hidden("id", id),
            field(
                "Reason (no values)",
                attr("name", "reason"),
                attr("value", reason),
                attr("size", "40"),
                attr("maxlength", "1000")),
            button(
                cls("danger"),
                attr("data-confirm", "Give this reject up? Nothing takes it up again."),
                "Discard")));
  }

  private static Node record(RejectRow row, Visitor visitor) {
    String id = RejectsPage.text(row, "id");
    boolean kept = !row.text("rawKept").orElse("0").equals("0");
    return div(
        h2("The record"),
        p(
            cls("masked"),
            kept
                ? "Masked: "
                    + Words.bytes(Long.parseLong(row.text("rawKept").orElse("0")))
                    + " are kept as they came."
                : "It is not kept, or not any more."),
        kept
            ? Forms.post(
                visitor, Role.ADMIN, "/rejects/" + id + "/values", button("Show values (is noted)"))
            : "");
  }

  private void values(Context context) throws SQLException {
    long id = new Ask(context).pathNumber("id");
    byte[] raw = desk.raw(id, Gate.visitor(context));
    Node content =
        div(
            p(cls("up"), a("/rejects/" + id, "Back to the reject")),
            p(cls("notice warn"), "Health data: do not keep it in logs or tickets."),
            element(
                "pre",
                attr("tabindex", "0"),
                flag("data-values", true),
                new String(raw, StandardCharsets.UTF_8)));
    frame.show(context, View.still("Record of reject " + id, Nav.REJECTS, content));
  }
}
