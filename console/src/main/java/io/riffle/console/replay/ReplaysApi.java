package io.riffle.console.replay;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.riffle.console.access.Gate;
import io.riffle.console.access.Role;
import io.riffle.console.access.Visitor;
import io.riffle.console.api.ApiRoute;
import io.riffle.console.api.Json;
import io.riffle.console.page.Ask;
import io.riffle.operations.replay.ReplayJson;
import java.sql.SQLException;
import java.util.List;

/** Replays for programs. */
public final class ReplaysApi {
  private static final int USUAL = 20;
  private static final int MOST = 1_000;

  private final ReplayDesk desk;

  public ReplaysApi(ReplayDesk desk) {
    this.desk = desk;
  }

  public List<ApiRoute> routes() {
    return List.of(
        ApiRoute.get(
                "/api/v1/replays",
                Role.VIEWER,
                "Replays, newest first",
                "riffle replay list -o json",
                this::list)
            .with("limit", "most replays, 20 unless given"),
        ApiRoute.get(
            "/api/v1/replays/{id}",
            Role.VIEWER,
            "A replay, and how far it is on each partition",
            "riffle replay show ID -o json",
            this::one),
        ApiRoute.post(
                "/api/v1/replays",
                Role.OPERATOR,
                "Makes a plan; nothing else is changed",
                "riffle replay plan -o json",
                this::plan)
            .body(
                "what",
                "table, topic, file or keys",
                "name",
                "of the table or topic, or the file's key",
                "type",
                "of the keys",
                "keys",
                "with commas",
                "from",
                "offset, datetime or duration; the beginning unless given",
                "start",
                "that offset, time or duration",
                "mode",
                "merge, rebuild or reingest",
                "force",
                "yes: rows of the same version, too"),
        ApiRoute.post(
            "/api/v1/replays/{id}/run",
            Role.OPERATOR,
            "Begins to run a plan, in the console",
            "",
            this::run),
        ApiRoute.post(
            "/api/v1/replays/{id}/cancel",
            Role.OPERATOR,
            "Ends a replay",
            "riffle replay cancel ID -o json",
            this::cancel));
  }

  private void list(Context context) throws SQLException {
    int limit = new Ask(context).limit("limit", USUAL, MOST);
    Json.answer(context, ReplayJson.of(desk.ledger().list(limit)));
  }

  private void one(Context context) throws SQLException {
    long id = new Ask(context).pathNumber("id");
    Json.answer(context, ReplayJson.of(desk.replay(id), desk.ledger().ranges(id)));
  }

  private void plan(Context context) throws SQLException, InterruptedException {
    JsonNode body = Json.body(context);
    Visitor visitor = Gate.visitor(context);
    ReplayForm form = new ReplayForm(name -> Json.text(body, name));
    Json.answer(context, ReplayJson.of(desk.plan(form.request(visitor.name()), visitor)));
  }

  private void run(Context context) throws SQLException, InterruptedException {
    long id = new Ask(context).pathNumber("id");
    desk.run(id, Gate.visitor(context));
    one(context);
  }

  private void cancel(Context context) throws SQLException, InterruptedException {
    desk.cancel(new Ask(context).pathNumber("id"), Gate.visitor(context));
    one(context);
  }
}
