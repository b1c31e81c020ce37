package io.riffle.console.record;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.riffle.console.access.Gate;
import io.riffle.console.access.Role;
import io.riffle.console.api.ApiRoute;
import io.riffle.console.api.Json;
import io.riffle.operations.record.RecordAnswer;
import io.riffle.operations.record.RecordJson;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** A record for programs; the key comes by the body, never by the address. */
public final class RecordApi {
  private static final int DELIVERIES = 100;

  private final RecordDesk desk;

  public RecordApi(RecordDesk desk) {
    this.desk = desk;
  }

  public List<ApiRoute> routes() {
    return List.of(
        ApiRoute.post(
                "/api/v1/record",
                Role.VIEWER,
                "Why a record is as it is; neither key nor values unless asked for",
                "riffle record TYPE KEY --no-values -o json",
                this::find)
            .body(
                "type",
                "such as CARRIER",
                "key",
                "the natural key",
                "values",
                "true: with key and values, for the role admin; is noted"));
  }

  private void find(Context context) throws SQLException, InterruptedException {
    JsonNode body = Json.body(context);
    boolean values = body.path("values").asBoolean(false);
    RecordAnswer answer =
        desk.find(
            Json.needed(body, "type"), Json.needed(body, "key"), values, Gate.visitor(context));
    Json.answer(context, new RecordJson(answer, Optional.empty(), DELIVERIES, !values).object());
  }
}
