package io.riffle.console.files;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.riffle.console.access.Gate;
import io.riffle.console.access.Role;
import io.riffle.console.api.ApiRoute;
import io.riffle.console.api.Json;
import io.riffle.console.page.Ask;
import io.riffle.operations.ledger.FileOrder;
import io.riffle.operations.ledger.Ledger;
import io.riffle.operations.ledger.LedgerJson;
import io.riffle.operations.ledger.Ordered;
import io.riffle.operations.ledger.OrderedJson;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Files for programs. */
public final class FilesApi {
  private static final int USUAL = 100;
  private static final int MOST = 10_000;

  private static final String KEY =
      "of a file; of a manifest or a data set's folder: all its files";

  private final Ledger ledger;
  private final FileDesk desk;

  public FilesApi(Ledger ledger, FileDesk desk) {
    this.ledger = ledger;
    this.desk = desk;
  }

  public List<ApiRoute> routes() {
    return List.of(
        ApiRoute.get(
                "/api/v1/files",
                Role.VIEWER,
                "The ledger: files, their states and totals, and objects that no manifest lists",
                "riffle files -o json",
                this::files)
            .with(
                "key",
                "of a manifest or a file, or the begin of a manifest's",
                "state",
                "only files of this state",
                "limit",
                "most files of a page, 100 unless given",
                "page",
                "from 1, the newest, which is it unless given"),
        ApiRoute.post(
                "/api/v1/files/skip",
                Role.OPERATOR,
                "Leaves files alone of which nothing was published",
                "riffle files skip -o json",
                this::skip)
            .body("key", KEY, "reason", "why; no values", "dryRun", Json.DRY_RUN),
        ApiRoute.post(
                "/api/v1/files/retry",
                Role.OPERATOR,
                "Looks anew at files that are SKIPPED or REJECTED",
                "riffle files retry -o json",
                this::retry)
            .body("key", KEY, "dryRun", Json.DRY_RUN));
  }

  private void skip(Context context) throws SQLException, InterruptedException {
    JsonNode body = Json.body(context);
    boolean dryRun = Json.flag(body, "dryRun");
    Ordered ordered =
        desk.skip(
            Json.needed(body, "key"), Json.needed(body, "reason"), Gate.visitor(context), dryRun);
    answer(context, ordered, FileOrder.SKIP, dryRun);
  }

  private void retry(Context context) throws SQLException, InterruptedException {
    JsonNode body = Json.body(context);
    boolean dryRun = Json.flag(body, "dryRun");
    Ordered ordered = desk.retry(Json.needed(body, "key"), Gate.visitor(context), dryRun);
    answer(context, ordered, FileOrder.RETRY, dryRun);
  }

  private static void answer(Context context, Ordered ordered, FileOrder order, boolean dryRun) {
    Json.answer(
        context,
        OrderedJson.of(ordered, order, dryRun),
        !ordered.done().isEmpty(),
        ordered.refused().stream().map(each -> each.refusal().orElseThrow()).toList());
  }

  private void files(Context context) throws SQLException {
    Ask ask = new Ask(context);
    int limit = ask.limit("limit", USUAL, MOST);
    Optional<String> key = ask.text("key");
    Optional<String> state = ask.text("state").map(text -> text.toUpperCase(Locale.ROOT));
    Json.answer(
        context,
        LedgerJson.of(
            ledger.files(key, state, FilePages.behind(ask, limit), limit),
            ledger.unlisted(key, limit)));
  }
}
