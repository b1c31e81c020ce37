package io.riffle.console.server;

import static io.riffle.console.html.Html.a;
import static io.riffle.console.html.Html.cls;
import static io.riffle.console.html.Html.div;
import static io.riffle.console.html.Html.p;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.router.Endpoint;
import io.riffle.console.access.Gate;
import io.riffle.console.access.RefusedException;
import io.riffle.console.api.Json;
import io.riffle.console.html.Node;
import io.riffle.console.page.Frame;
import io.riffle.console.page.Nav;
import io.riffle.console.page.View;
import io.riffle.operations.client.Outage;
import io.riffle.operations.replay.ReplayException;
import io.riffle.operations.site.StackException;
import java.sql.SQLException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers to requests that went wrong. What servers say may quote a row: it is neither shown nor
 * logged, their codes are.
 */
final class Problems {
  private static final Logger log = LoggerFactory.getLogger(Problems.class);

  /** SQLSTATE of a text with a NUL, which only a request can hold. */
  private static final String NO_TEXT = "22021";

  private static final int BAD_REQUEST = 400;
  private static final int UNAUTHORIZED = 401;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int TOO_LARGE = 413;
  private static final int FAILED = 500;
  private static final int UNAVAILABLE = 503;
  private static final Duration AGAIN = Duration.ofSeconds(5);

  private final Frame frame;

  Problems(Frame frame) {
    this.frame = frame;
  }

  void addTo(RoutesConfig routes) {
    routes.exception(
        RefusedException.class, (e, context) -> answer(context, e.status(), e.getMessage()));
    routes.exception(
        ReplayException.class, (e, context) -> answer(context, CONFLICT, e.getMessage()));
    routes.exception(
        StackException.class, (e, context) -> answer(context, UNAVAILABLE, e.getMessage()));
    routes.exception(SQLException.class, this::database);
    routes.exception(Exception.class, this::unexpected);
    routes.error(
        TOO_LARGE,
        context -> answer(context, TOO_LARGE, "The request has a body that is too long."));
    routes.error(
        NOT_FOUND,
        context -> {
          if (context.result() == null || context.result().startsWith("Endpoint")) {
            answer(context, NOT_FOUND, "There is nothing at this address.");
          }
        });
  }

  private void database(SQLException e, Context context) {
    if (NO_TEXT.equals(e.getSQLState())) {
      answer(context, BAD_REQUEST, "There is a character in it that no text has.");
      return;
    }
    boolean away = Outage.isWhy(e);
    log.atWarn()
        .addKeyValue("route", route(context))
        .addKeyValue("sqlState", e.getSQLState())
        .log(away ? "the database does not answer" : "the database refused a question");
    answer(
        context,
        away ? UNAVAILABLE : FAILED,
        away
            ? "The database does not answer."
            : "The database refused that (SQLSTATE " + e.getSQLState() + ").");
  }

  private void unexpected(Exception e, Context context) {
    log.atError()
        .addKeyValue("route", route(context))
        .addKeyValue("at", e.getStackTrace().length == 0 ? "" : e.getStackTrace()[0])
        .addKeyValue("error", e.getClass().getName())
        .log("a request failed");
    answer(
        context, FAILED, "This went wrong; the console's log has " + e.getClass().getSimpleName());
  }

  /** As it was written down, not as it was asked for: a path may name somebody's file. */
  static String route(Context context) {
    Endpoint endpoint = context.endpoints().matchedHttpEndpoint();
    return endpoint == null ? "-" : endpoint.path;
  }

  private void answer(Context context, int status, String text) {
    context.status(status);
    if (context.path().startsWith(Gate.API)) {
      if (status == UNAUTHORIZED && context.header("Sec-Fetch-Site") == null) {
        // not to a page of ours: its browser would ask for a name and a password by itself
        context.res().addHeader("WWW-Authenticate", "Basic realm=\"Riffle\", charset=\"UTF-8\"");
      }
      Json.answer(context, JsonNodeFactory.instance.objectNode().put("error", text));
    } else {
      frame.show(context, view(context, status, text));
    }
  }

  /** In the frame of where it was asked for; what is away may be back in a moment. */
  private static View view(Context context, int status, String text) {
    Nav nav = Nav.of(context.path());
    boolean again = status == UNAVAILABLE && context.method().equals(HandlerType.GET);
    Node content =
        div(
            p(cls("notice bad"), text),
            p(again ? "This page tries again by itself. " : "", a(nav.path(), nav.title())));
    return again
        ? View.again(title(status), nav, AGAIN, content)
        : View.still(title(status), nav, content);
  }

  private static String title(int status) {
    return switch (status) {
      case 403 -> "Not allowed";
      case NOT_FOUND -> "Not found";
      case CONFLICT -> "Not now";
      case UNAVAILABLE -> "Not available";
      default -> "Something is wrong";
    };
  }
}
