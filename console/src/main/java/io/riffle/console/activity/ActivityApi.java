package io.riffle.console.activity;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.javalin.http.Context;
import io.riffle.console.access.Role;
import io.riffle.console.api.ApiRoute;
import io.riffle.console.api.Json;
import io.riffle.console.page.Ask;
import io.riffle.operations.activity.Activities;
import io.riffle.operations.activity.Activity;
import io.riffle.operations.activity.ActivityFilter;
import io.riffle.operations.activity.ActivityRow;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/** Who did what, for programs. */
public final class ActivityApi {
  private static final int USUAL = 100;
  private static final int MOST = 10_000;

  private final Activities activities;

  public ActivityApi(Activities activities) {
    this.activities = activities;
  }

  public List<ApiRoute> routes() {
    return List.of(
        ApiRoute.get("/api/v1/activity", Role.VIEWER, "Who did what, newest first", "", this::list)
            .with(
                "who",
                "only of this user",
                "action",
                "only these",
                "before",
                "older than the one of this number",
                "limit",
                "most, 100 unless given"));
  }

  private void list(Context context) throws SQLException {
    Ask ask = new Ask(context);
    ActivityFilter filter =
        new ActivityFilter(
            ask.text("who"),
            ask.text("action").map(text -> text.toUpperCase(Locale.ROOT)),
            ask.number("before"));
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (ActivityRow row : activities.list(filter, ask.limit("limit", USUAL, MOST))) {
      Activity activity = row.activity();
      list.addObject()
          .put("id", row.id())
          .put("at", row.at().toString())
          .put("who", activity.who())
          .put("role", activity.role())
          .put("via", activity.via())
          .put("action", activity.action())
          .put("target", activity.target())
          .put("before", activity.before().orElse(null))
          .put("after", activity.after().orElse(null));
    }
    Json.answer(context, list);
  }
}
