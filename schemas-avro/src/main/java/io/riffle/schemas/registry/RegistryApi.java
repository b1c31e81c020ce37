package io.riffle.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** The calls of the REST API that Riffle needs, and what their answers mean. */
final class RegistryApi {
  private static final int REGISTRATIONS = 4;
  private static final Duration AFTER_CONFLICT = Duration.ofMillis(200);
  private static final int SUBJECT_NOT_FOUND = 40401;
  private static final int VERSION_NOT_FOUND = 40402;
  private static final int SCHEMA_NOT_FOUND = 40403;

  private final RegistryHttp http;

  RegistryApi(RegistryConfig config) {
    this.http = new RegistryHttp(config);
  }

  /**
   * Some registries (Apicurio 2.6) answer 409 to one of two first registrations of a subject that
   * come at the same moment, so a conflict is repeated a little later before it is believed.
   */
  int register(String subject, String schema) {
    String path = "/subjects/" + encode(subject) + "/versions";
    Retries conflicts = new Retries(REGISTRATIONS, AFTER_CONFLICT);
    Reply reply = http.post(path, wrap(schema));
    while (reply.status() == 409 && conflicts.pauseAndGoOn()) {
      reply = http.post(path, wrap(schema));
    }
    if (reply.status() == 409 || reply.status() == 422) {
      throw new SchemaRejectedException(subject, reply);
    }
    return number(reply, "id");
  }

  /** Asks every URL before it believes that an id is unknown: a follower may lag. */
  String schemaText(int id) {
    Reply reply = http.getWhereFound("/schemas/ids/" + id);
    if (reply.notFound() && (reply.errorCode() == SCHEMA_NOT_FOUND || healthy())) {
      throw new UnknownSchemaException(id, "the registry does not know it");
    }
    String type = reply.body().path("schemaType").asText("AVRO");
    if (reply.ok() && !type.equals("AVRO")) {
      throw new UnknownSchemaException(id, "is of type " + type.toUpperCase(Locale.ROOT));
    }
    return text(reply, "schema");
  }

  boolean isCompatible(String subject, String schema) {
    String path = "/compatibility/subjects/" + encode(subject) + "/versions/latest";
    Reply reply = http.post(path, wrap(schema));
    if (noSuchSubject(reply)) {
      return true;
    }
    JsonNode answer = reply.body().path("is_compatible");
    if (!reply.ok() || !answer.isBoolean()) {
      throw unexpected(reply);
    }
    return answer.asBoolean();
  }

  void setCompatibility(String subject, Compatibility compatibility) {
    ObjectNode body = object().put("compatibility", compatibility.name());
    Reply reply = http.put("/config/" + encode(subject), body);
    if (!reply.ok() && !(noSuchSubject(reply) && compatibility.name().equals(generalLevel()))) {
      throw unexpected(reply);
    }
  }

  /**
   * The level of subjects without one of their own. Apicurio drops a subject's rule to set NONE,
   * and fails if there is no such subject yet; its general level will then do.
   */
  private String generalLevel() {
    return http.get("/config").body().path("compatibilityLevel").asText();
  }

  List<Integer> versions(String subject) {
    Reply reply = http.get("/subjects/" + encode(subject) + "/versions");
    if (noSuchSubject(reply)) {
      return List.of();
    }
    if (!reply.ok() || !reply.body().isArray()) {
      throw unexpected(reply);
    }
    return StreamSupport.stream(reply.body().spliterator(), false)
        .map(JsonNode::asInt)
        .sorted()
        .toList();
  }

  Optional<RegisteredSchema> latest(String subject) {
    Reply reply = http.get("/subjects/" + encode(subject) + "/versions/latest");
    if (noSuchSubject(reply)) {
      return Optional.empty();
    }
    int version = number(reply, "version");
    int id = number(reply, "id");
    try {
      return Optional.of(
          new RegisteredSchema(subject, version, id, AvroText.parse(text(reply, "schema"))));
    } catch (IllegalArgumentException e) {
      throw new UnknownSchemaException(id, e.getMessage());
    }
  }

  /** A 404 with a general code also comes from a wrong path: believe it only from a registry. */
  private boolean healthy() {
    return !generalLevel().isEmpty();
  }

  private static boolean noSuchSubject(Reply reply) {
    int code = reply.errorCode();
    return reply.notFound() && (code == SUBJECT_NOT_FOUND || code == VERSION_NOT_FOUND);
  }

  private static int number(Reply reply, String field) {
    JsonNode value = reply.body().path(field);
    if (!reply.ok() || !value.canConvertToInt() || !value.isIntegralNumber()) {
      throw unexpected(reply);
    }
    return value.asInt();
  }

  private static String text(Reply reply, String field) {
    JsonNode value = reply.body().path(field);
    if (!reply.ok() || !value.isTextual()) {
      throw unexpected(reply);
    }
    return value.asText();
  }

  private static RegistryUnavailableException unexpected(Reply reply) {
    return new RegistryUnavailableException(
        "not the answer of a registry: " + reply.summary(), reply.status(), null);
  }

  private static ObjectNode wrap(String schema) {
    return object().put("schema", schema);
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static String encode(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
