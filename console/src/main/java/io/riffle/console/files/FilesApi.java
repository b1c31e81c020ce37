package io.riffle.console.files;

import io.javalin.http.Context;
import io.riffle.console.access.Role;
import io.riffle.console.api.ApiRoute;
import io.riffle.console.api.Json;
import io.riffle.console.page.Ask;
import io.riffle.operations.ledger.Ledger;
import io.riffle.operations.ledger.LedgerJson;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Files for programs. */
public final class FilesApi {
  private static final int USUAL = 100;
  private static final int MOST = 10_000;

  private final Ledger ledger;

  public FilesApi(Ledger ledger) {
    this.ledger = ledger;
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
                "most files, 100 unless given"));
  }

  private void files(Context context) throws SQLException {
    Ask ask = new Ask(context);
    int limit = ask.limit("limit", USUAL, MOST);
    Optional<String> key = ask.text("key");
    Optional<String> state = ask.text("state").map(text -> text.toUpperCase(Locale.ROOT));
    Json.answer(
        context, LedgerJson.of(ledger.files(key, state, limit), ledger.unlisted(key, limit)));
  }
}
