package io.riffle.console.rejects;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.riffle.console.access.Gate;
import io.riffle.console.access.RefusedException;
import io.riffle.console.access.Role;
import io.riffle.console.access.Visitor;
import io.riffle.console.page.Ask;
import io.riffle.console.page.Frame;
import io.riffle.console.page.Nav;
import io.riffle.console.page.Refusals;
import io.riffle.console.page.Words;
import io.riffle.operations.rejects.RejectFilter;
import io.riffle.operations.rejects.Taken;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;

/** Forms of the pages of rejects. What is refused is told on the page that has the form. */
public final class RejectOrders {
  /** The field {@code page} of forms on the page of one reject. */
  static final String OF_ONE = "reject";

  private final RejectDesk desk;
  private final RejectsPage all;
  private final RejectPage one;
  private final Frame frame;
  private final Clock clock;

  public RejectOrders(RejectDesk desk, RejectsPage all, RejectPage one, Frame frame, Clock clock) {
    this.desk = desk;
    this.all = all;
    this.one = one;
    this.frame = frame;
    this.clock = clock;
  }

  public void addTo(RoutesConfig routes) {
    routes.post("/rejects/redrive", this::redrive, Role.OPERATOR);
    routes.post("/rejects/discard", this::discard, Role.OPERATOR);
  }

  private interface Order {
    Taken give(RejectFilter filter, Visitor visitor) throws SQLException, InterruptedException;
  }

  private void redrive(Context context) throws SQLException, InterruptedException {
    order(
        context,
        (filter, visitor) -> desk.redrive(filter, visitor, false),
        "Redrive requested for ");
  }

  private void discard(Context context) throws SQLException, InterruptedException {
    Ask ask = new Ask(context);
    order(
        context,
        (filter, visitor) -> desk.discard(filter, ask.neededOfForm("reason"), visitor, false),
        "Given up: ");
  }

  private void order(Context context, Order order, String done)
      throws SQLException, InterruptedException {
    try {
      tell(context, order.give(selection(context), Gate.visitor(context)), done);
    } catch (RefusedException e) {
      refuse(context, e);
    }
  }

  private void refuse(Context context, RefusedException why) throws SQLException {
    Ask ask = new Ask(context);
    if (ask.formText("page").filter(OF_ONE::equals).isPresent()) {
      long id = Ask.number("id", ask.neededOfForm("id"));
      frame.refuse(context, why, Nav.REJECTS.path() + "/" + id);
      one.show(context, id, ask.formText("reason").orElse(""));
    } else {
      RejectAsk asked = RejectAsk.ofForm(ask);
      frame.refuse(context, why, asked.address());
      all.show(context, asked);
    }
  }

  private RejectFilter selection(Context context) {
    Ask ask = new Ask(context);
    List<Long> ids = context.formParams("id").stream().map(id -> Ask.number("id", id)).toList();
    return RejectDesk.selection(
        ids,
        ask.formText("cause"),
        ask.formText("type"),
        ask.formText("file"),
        ask.formText("since").map(text -> RejectAsk.moment(text, clock.instant())));
  }

  private void tell(Context context, Taken taken, String done) {
    String refused =
        Refusals.of(taken.refused().stream().map(one -> one.refusal().orElse("")).toList());
    frame.tell(
        context,
        taken.isAll(),
        done + Words.count(taken.done().size(), "reject") + refused,
        Nav.REJECTS.path());
  }
}
