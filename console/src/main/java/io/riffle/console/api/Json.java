package io.riffle.console.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.http.Context;
import io.riffle.console.access.RefusedException;
import java.util.Optional;

/** Bodies of requests and answers. */
public final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int BAD_REQUEST = 400;

  private Json() {}

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
