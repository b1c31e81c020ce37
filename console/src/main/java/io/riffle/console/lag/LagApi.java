package io.riffle.console.lag;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.riffle.console.access.RefusedException;
import io.riffle.console.access.Role;
import io.riffle.console.api.ApiRoute;
import io.riffle.console.api.Json;
import io.riffle.console.history.Point;
import io.riffle.console.page.Ask;
import io.riffle.operations.lag.LagJson;
import io.riffle.operations.lag.LagReport;
import java.util.List;
import java.util.Locale;

/** Lag for programs. */
public final class LagApi {
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;
  private static final int NOT_YET = 503;

  private final LagWatch watch;

  public LagApi(LagWatch watch) {
    this.watch = watch;
  }

  public List<ApiRoute> routes() {
    return List.of(
        ApiRoute.get(
                "/api/v1/lag",
                Role.VIEWER,
                "How far groups are behind",
                "riffle lag -o json",
                this::lag)
            .with("group", "only this one"),
        ApiRoute.get(
                "/api/v1/lag/history",
                Role.VIEWER,
                "Lag of the last hour or day: seconds of the epoch, messages behind, seconds behind;"
                    + " null where nothing was seen",
                "",
                this::history)
            .with("group", "the group", "topic", "only this one of it", "span", "hour or day"));
  }

  private void lag(Context context) {
    LagReport report =
        watch
            .seen()
            .report()
            .orElseThrow(() -> new RefusedException(NOT_YET, "no look at Kafka is done yet"));
    new Ask(context)
        .text("group")
        .ifPresentOrElse(
            name -> Json.answer(context, LagJson.of(only(report, name))),
            () -> Json.answer(context, LagJson.of(report)));
  }

  private static LagReport only(LagReport report, String name) {
    List<LagReport.Group> found =
        report.groups().stream().filter(group -> group.lag().group().equals(name)).toList();
    if (found.isEmpty()) {
      throw new RefusedException(NOT_FOUND, "there is no such group");
    }
    return new LagReport(report.at(), found, report.unread());
  }

  private void history(Context context) {
    Ask ask = new Ask(context);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode seconds = json.putArray("seconds");
    ArrayNode lag = json.putArray("lag");
    ArrayNode behind = json.putArray("behindSeconds");
    for (Point point : watch.series().points(ask.needed("group"), ask.text("topic"), span(ask))) {
      seconds.add(point.second());
      if (point.isGap()) {
        lag.addNull();
      } else {
        lag.add(point.count());
      }
      if (Float.isNaN(point.measure())) {
        behind.addNull();
      } else {
        behind.add(point.measure());
      }
    }
    Json.answer(context, json);
  }

  private static LagSeries.Span span(Ask ask) {
    return switch (ask.text("span").orElse("hour").toLowerCase(Locale.ROOT)) {
      case "hour" -> LagSeries.Span.HOUR;
      case "day" -> LagSeries.Span.DAY;
      default -> throw new RefusedException(BAD_REQUEST, "span is hour or day");
    };
  }
}
