package io.riffle.console.record;

import static io.riffle.console.html.Html.attr;
import static io.riffle.console.html.Html.button;
import static io.riffle.console.html.Html.cls;
import static io.riffle.console.html.Html.div;
import static io.riffle.console.html.Html.element;
import static io.riffle.console.html.Html.field;
import static io.riffle.console.html.Html.flag;
import static io.riffle.console.html.Html.form;
import static io.riffle.console.html.Html.input;
import static io.riffle.console.html.Html.p;
import static io.riffle.console.html.Html.span;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.riffle.console.access.Gate;
import io.riffle.console.access.RefusedException;
import io.riffle.console.access.Role;
import io.riffle.console.access.Visitor;
import io.riffle.console.html.Html;
import io.riffle.console.html.Node;
import io.riffle.console.page.Ask;
import io.riffle.console.page.Forms;
import io.riffle.console.page.Frame;
import io.riffle.console.page.Nav;
import io.riffle.console.page.View;
import io.riffle.operations.record.RecordAnswer;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Asks for a record, by a post, and shows what is known of it. */
public final class RecordPage {
  private final RecordDesk desk;
  private final Frame frame;
  private final Clock clock;

  public RecordPage(RecordDesk desk, Frame frame, Clock clock) {
    this.desk = desk;
    this.frame = frame;
    this.clock = clock;
  }

  public void addTo(RoutesConfig routes) {
    routes.get("/record", this::ask, Role.VIEWER);
    routes.post("/record", this::find, Role.VIEWER);
  }

  private void ask(Context context) {
    Node content =
        div(
            p(
                "Why a record is as it is: its row, which delivered record set each field, what"
                    + " waits, what was rejected."),
            question(context, new Ask(context).formText("type").orElse(""), ""));
    frame.show(context, View.still("Record", Nav.RECORD, content));
  }

  private void find(Context context) throws SQLException, InterruptedException {
    try {
      found(context);
    } catch (RefusedException e) {
      frame.refuse(context, e, Nav.RECORD.path());
      ask(context);
    }
  }

  private void found(Context context) throws SQLException, InterruptedException {
    Ask ask = new Ask(context);
    String type = ask.neededOfForm("type");
    String key = ask.neededOfForm("key");
    boolean values = ask.formText("values").isPresent();
    RecordAnswer answer = desk.find(type, key, values, Gate.visitor(context));
    Instant now = clock.instant();
    Node content = div(question(context, type, key), new RecordTables(answer, values).node());
    frame.show(
        context, new View("Record", Nav.RECORD, Optional.of(now), Optional.empty(), content));
  }

  private Node question(Context context, String type, String key) {
    Visitor visitor = Gate.visitor(context);
    return form(
        cls("filter"),
        attr("method", "post"),
        attr("action", "/record"),
        attr("autocomplete", "off"),
        Forms.token(visitor),
        Html.select("Type", "type", desk.types(), type),
        field(
            "Key",
            attr("name", "key"),
            attr("value", key),
            attr("inputmode", "numeric"),
            flag("required", true)),
        visitor.role().may(Role.ADMIN)
            ? element(
                "label",
                cls("inline"),
                input(attr("type", "checkbox"), attr("name", "values"), attr("value", "yes")),
                span("show values (is noted)"))
            : "",
        button(cls("primary"), "Look up"));
  }
}
