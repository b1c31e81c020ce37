package io.riffle.console.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.riffle.console.access.RefusedException;
import io.riffle.console.page.Refusals;
import java.util.List;
import java.util.Optional;

/** Bodies of requests and answers. */
public final class Json {
  /** What the field {@code dryRun} of orders means. */
  public static final String DRY_RUN = "true: only tells what would be done";

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int BAD_REQUEST = 400;
  private static final int CONFLICT = 409;

  private Json() {}

  /**
   * Answers an order.
   *
   * @param refusals why it was not carried out for some; when it was for none, that is a conflict
   */
  public static void answer(Context context, ObjectNode body, boolean done, List<String> refusals) {
    if (!done && !refusals.isEmpty()) {
      context.status(CONFLICT);
      body.put("error", "Nothing was done" + Refusals.of(refusals) + ".");
    }
    answer(context, body);
  }

  /** Answers. */
  public static void answer(Context context, JsonNode body) {
    context.contentType("application/json").result(body.toString());
  }

  /** The body as an object. */
  public static JsonNode body(Context context) {
    try {
      JsonNode body = MAPPER.readTree(context.body());
      if (body != null && body.isObject()) {
        return body;
      }
    } catch (JsonProcessingException e) {
      // Its message would quote the body.
    }
    throw new RefusedException(BAD_REQUEST, "the body must be a JSON object");
  }

  /**
   * Whether the body says yes to something; it does not unless it says so.
   *
   * @throws RefusedException when it says neither true nor false
   */
  public static boolean flag(JsonNode body, String name) {
    JsonNode value = body.path(name);
    if (!value.isMissingNode() && !value.isBoolean()) {
      throw new RefusedException(BAD_REQUEST, name + " is true or false");
    }
    return value.asBoolean(false);
  }

  /** A text of the body. */
  public static Optional<String> text(JsonNode body, String name) {
    return Optional.ofNullable(body.get(name))
        .filter(value -> !value.isNull())
        .map(JsonNode::asText)
        .filter(text -> !text.isBlank());
  }

  /** A text of the body that must be there. */
  public static String needed(JsonNode body, String name) {
    return text(body, name)
        .orElseThrow(() -> new RefusedException(BAD_REQUEST, name + " is missing"));
  }
}
