package io.riffle.console.rejects;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.riffle.console.access.Gate;
import io.riffle.console.access.RefusedException;
import io.riffle.console.access.Role;
import io.riffle.console.api.ApiRoute;
import io.riffle.console.api.Json;
import io.riffle.console.page.Ask;
import io.riffle.operations.rejects.RejectFilter;
import io.riffle.operations.rejects.RejectJson;
import io.riffle.operations.rejects.RejectStatus;
import io.riffle.operations.rejects.Taken;
import io.riffle.operations.rejects.TakenJson;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Rejects for programs. */
public final class RejectsApi {
  private static final int USUAL = 100;
  private static final int MOST = 10_000;
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;
  private static final String[] SELECTION = {
    "ids",
    "numbers of rejects",
    "cause",
    "or all open ones of a cause",
    "type",
    "and of a type",
    "file",
    "and of a file",
    "since",
    "and rejected since",
    "dryRun",
    Json.DRY_RUN
  };

  private final RejectDesk desk;
  private final Clock clock;

  public RejectsApi(RejectDesk desk, Clock clock) {
    this.desk = desk;
    this.clock = clock;
  }

  public List<ApiRoute> routes() {
    List<String> discard = new ArrayList<>(List.of("reason", "why; no values"));
    discard.addAll(List.of(SELECTION));
    return List.of(
        ApiRoute.get(
                "/api/v1/rejects",
                Role.VIEWER,
                "Rejects by cause and one by one, never the records",
                "riffle rejects -o json",
                this::list)
            .with(
                "status",
                "a status, UNSETTLED or ALL",
                "cause",
                "a reason or an SQLSTATE",
                "type",
                "a RIF type",
                "file",
                "a data file, or the begin of a manifest's key",
                "since",
                "rejected since: 90m, 24h, 7d, or an instant",
                "before",
                "number of a reject: only older ones",
                "limit",
                "most rejects, 100 unless given"),
        ApiRoute.get(
            "/api/v1/rejects/{id}",
            Role.VIEWER,
            "All that is known of a reject but the record",
            "riffle rejects show ID -o json",
            this::one),
        ApiRoute.post(
                "/api/v1/rejects/redrive",
                Role.OPERATOR,
                "Requests a redrive",
                "riffle rejects redrive -o json",
                this::redrive)
            .body(SELECTION),
        ApiRoute.post(
                "/api/v1/rejects/discard",
                Role.OPERATOR,
                "Gives rejects up",
                "riffle rejects discard -o json",
                this::discard)
            .body(discard.toArray(String[]::new)));
  }

  private void list(Context context) throws SQLException {
    Ask ask = new Ask(context);
    RejectAsk asked = RejectAsk.of(ask);
    RejectFilter filter = asked.filter(clock.instant());
    Json.answer(
        context,
        RejectJson.of(
            desk.ledger().causes(filter),
            desk.ledger().list(filter, asked.before(), ask.limit("limit", USUAL, MOST))));
  }

  private void one(Context context) throws SQLException {
    long id = new Ask(context).pathNumber("id");
    Json.answer(
        context,
        desk.ledger().list(RejectFilter.of(id), 1).stream()
            .findFirst()
            .map(RejectJson::of)
            .orElseThrow(() -> new RefusedException(NOT_FOUND, "there is no such reject")));
  }

  private void redrive(Context context) throws SQLException, InterruptedException {
    JsonNode body = Json.body(context);
    boolean dryRun = Json.flag(body, "dryRun");
    Taken taken = desk.redrive(selection(body), Gate.visitor(context), dryRun);
    answer(context, taken, RejectStatus.REDRIVING, dryRun);
  }

  private void discard(Context context) throws SQLException, InterruptedException {
    JsonNode body = Json.body(context);
    boolean dryRun = Json.flag(body, "dryRun");
    String reason = Json.needed(body, "reason");
    Taken taken = desk.discard(selection(body), reason, Gate.visitor(context), dryRun);
    answer(context, taken, RejectStatus.DISCARDED, dryRun);
  }

  private static void answer(Context context, Taken taken, RejectStatus status, boolean dryRun) {
    Json.answer(
        context,
        TakenJson.of(taken, status.name(), dryRun),
        !taken.done().isEmpty(),
        taken.refused().stream().map(each -> each.refusal().orElseThrow()).toList());
  }

  private RejectFilter selection(JsonNode body) {
    List<Long> ids = new ArrayList<>();
    for (JsonNode id : body.path("ids")) {
      if (!id.isIntegralNumber()) {
        throw new RefusedException(BAD_REQUEST, "ids are whole numbers");
      }
      ids.add(id.asLong());
    }
    return RejectDesk.selection(
        ids,
        Json.text(body, "cause"),
        Json.text(body, "type"),
        Json.text(body, "file"),
        Json.text(body, "since").map(text -> RejectAsk.moment(text, clock.instant())));
  }
}
