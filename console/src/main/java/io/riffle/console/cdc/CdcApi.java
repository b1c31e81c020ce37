package io.riffle.console.cdc;

import io.javalin.http.Context;
import io.riffle.console.access.Gate;
import io.riffle.console.access.Role;
import io.riffle.console.access.Visitor;
import io.riffle.console.api.ApiRoute;
import io.riffle.console.api.Json;
import io.riffle.console.page.Ask;
import io.riffle.operations.cdc.CdcStatus;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Captured databases for programs. */
public final class CdcApi {
  private final CdcDesk desk;

  public CdcApi(CdcDesk desk) {
    this.desk = desk;
  }

  public List<ApiRoute> routes() {
    return List.of(
        ApiRoute.get(
                "/api/v1/cdc",
                Role.VIEWER,
                "Slots, snapshots and staging tables of captured databases",
                "riffle cdc status -o json",
                this::status)
            .with("source", "only this one"),
        ApiRoute.post(
            "/api/v1/cdc/{name}/pause",
            Role.OPERATOR,
            "Reads nothing more of a source",
            "riffle cdc pause NAME",
            context -> order(context, desk::pause)),
        ApiRoute.post(
            "/api/v1/cdc/{name}/resume",
            Role.OPERATOR,
            "Reads on where a source was paused",
            "riffle cdc resume NAME",
            context -> order(context, desk::resume)),
        ApiRoute.post(
                "/api/v1/cdc/{name}/snapshot",
                Role.OPERATOR,
                "Reads all rows of a table, or of all, again",
                "riffle cdc snapshot NAME TABLE",
                context -> {
                  Optional<String> table = Json.text(Json.body(context), "table");
                  order(context, (name, visitor) -> desk.snapshot(name, table, visitor));
                })
            .body("table", "schema.table; all of the source unless given"));
  }

  private void status(Context context) throws SQLException {
    Optional<String> source = new Ask(context).text("source");
    CdcStatus status = source.isPresent() ? desk.one(source.get()) : desk.status(Optional.empty());
    Json.answer(context, status.json());
  }

  private interface Order {
    void give(String name, Visitor visitor) throws SQLException, InterruptedException;
  }

  private void order(Context context, Order order) throws SQLException, InterruptedException {
    String name = context.pathParam("name");
    order.give(name, Gate.visitor(context));
    Json.answer(context, desk.one(name).json());
  }
}
