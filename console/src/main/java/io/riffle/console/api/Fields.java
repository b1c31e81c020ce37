package io.riffle.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Handler;
import io.riffle.console.access.RefusedException;
import java.util.Set;

/**
 * Holds the body of a request against the fields that its route has: one that is spelled otherwise
 * would be passed over, and a selection without it means more than was meant.
 */
final class Fields {
  private static final int BAD_REQUEST = 400;

  private Fields() {}

  /** The route's handler, for bodies with none but its fields. */
  static Handler checked(ApiRoute route) {
    if (route.fields().isEmpty()) {
      return route.handler();
    }
    return context -> {
      check(Json.body(context), route.fields().keySet());
      route.handler().handle(context);
    };
  }

  /** What was given is not quoted: it may be a value that lost its name. */
  private static void check(JsonNode body, Set<String> known) {
    body.fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                throw new RefusedException(
                    BAD_REQUEST, "the fields of the body are " + String.join(", ", known));
              }
            });
  }
}
