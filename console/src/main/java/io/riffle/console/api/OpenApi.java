package io.riffle.console.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.HandlerType;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The routes as an OpenAPI 3.1 document. */
final class OpenApi {
  private OpenApi() {}

  static ObjectNode document(List<ApiRoute> routes, boolean tokens) {
    ObjectNode document = JsonNodeFactory.instance.objectNode().put("openapi", "3.1.0");
    document
        .putObject("info")
        .put("title", "Riffle console")
        .put("version", "1")
        .put(
            "description",
            "What operators see and do. Bodies are what `riffle … -o json` prints. Sign in with HTTP"
                + " basic authentication"
                + (tokens ? " or an access token of the provider of sign-ins" : "")
                + "; values of records are for the role admin.");
    document.putArray("servers").addObject().put("url", "/");
    ObjectNode paths = document.putObject("paths");
    routes.forEach(route -> operation(route, paths));
    ObjectNode components = document.putObject("components");
    ArrayNode security = document.putArray("security");
    ObjectNode schemes = components.putObject("securitySchemes");
    scheme("basic", schemes, security);
    if (tokens) {
      scheme("bearer", schemes, security).put("bearerFormat", "JWT");
    }
    ObjectNode problem = components.putObject("schemas").putObject("Problem");
    problem.put("type", "object").putObject("properties").putObject("error").put("type", "string");
    return document;
  }

  /** Any one of them is enough. */
  private static ObjectNode scheme(String name, ObjectNode schemes, ArrayNode security) {
    security.addObject().putArray(name);
    return schemes.putObject(name).put("type", "http").put("scheme", name);
  }

  private static void operation(ApiRoute route, ObjectNode paths) {
    ObjectNode operation =
        paths
            .withObjectProperty(route.path())
            .putObject(route.method().name().toLowerCase(Locale.ROOT));
    operation.put("summary", route.summary()).put("operationId", id(route));
    String twin = route.twin().isEmpty() ? "" : " The same as `" + route.twin() + "`.";
    operation.put("description", "Needs the role " + lower(route.role().name()) + "." + twin);
    var parameters = operation.putArray("parameters");
    route.pathNames().forEach(name -> parameter(parameters.addObject(), name, "path", ""));
    route
        .parameters()
        .forEach((name, meaning) -> parameter(parameters.addObject(), name, "query", meaning));
    if (route.method().equals(HandlerType.POST)) {
      body(operation, route.fields());
    }
    ObjectNode responses = operation.putObject("responses");
    json(responses.putObject("200").put("description", "As the command prints it"))
        .putObject("schema");
    for (String status : List.of("400", "401", "403", "404", "409", "429", "503")) {
      json(responses.putObject(status).put("description", meaning(status)))
          .putObject("schema")
          .put("$ref", "#/components/schemas/Problem");
    }
  }

  private static void parameter(ObjectNode node, String name, String in, String meaning) {
    node.put("name", name).put("in", in).put("required", in.equals("path"));
    node.put("description", meaning).putObject("schema").put("type", "string");
  }

  private static void body(ObjectNode operation, Map<String, String> fields) {
    ObjectNode schema =
        json(operation.putObject("requestBody")).putObject("schema").put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    fields.forEach((name, meaning) -> properties.putObject(name).put("description", meaning));
  }

  private static ObjectNode json(ObjectNode node) {
    return node.putObject("content").putObject("application/json");
  }

  private static String meaning(String status) {
    return switch (status) {
      case "400" -> "What was asked is wrong";
      case "401" -> "Nobody is signed in";
      case "403" -> "The role is not enough";
      case "404" -> "There is no such thing";
      case "409" -> "It cannot be done now";
      case "429" -> "Too many attempts";
      default -> "A server does not answer";
    };
  }

  private static String id(ApiRoute route) {
    return lower(route.method().name())
        + route.path().replace("/api/v1", "").replaceAll("[^A-Za-z0-9]+", "_").replaceAll("_$", "");
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
