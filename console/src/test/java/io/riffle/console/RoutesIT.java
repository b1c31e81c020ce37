package io.riffle.console;

import static io.riffle.console.access.Role.ADMIN;
import static io.riffle.console.access.Role.ANYBODY;
import static io.riffle.console.access.Role.OPERATOR;
import static io.riffle.console.access.Role.VIEWER;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.riffle.console.access.Role;
import io.riffle.testing.KafkaExtension;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestKafka;
import io.riffle.testing.TestPostgres;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every route that the server has, by whoever may ask. Nothing is done by asking: posts lack what
 * the gate wants after the role, the token of a page or the type of JSON.
 */
@ExtendWith({PostgresExtension.class, KafkaExtension.class})
class RoutesIT {
  private static final String NOBODY = "";

  /** Who may, as docs/console.md says: written here once more, on purpose. */
  private static final Map<Role, Set<String>> EXPECTED =
      Map.of(
          ANYBODY,
          Set.of("GET /static/{name}", "GET /health", "GET /sign-in", "POST /sign-in"),
          VIEWER,
          Set.of(
              "POST /sign-out",
              "GET /",
              "GET /lag",
              "GET /lag/group",
              "GET /files",
              "GET /files/show",
              "GET /rejects",
              "GET /rejects/{id}",
              "GET /replays",
              "GET /replays/{id}",
              "GET /record",
              "POST /record",
              "GET /cdc",
              "GET /doctor",
              "GET /activity",
              "GET /runbook",
              "GET /api/v1/openapi.json",
              "GET /api/v1/overview",
              "GET /api/v1/lag",
              "GET /api/v1/lag/history",
              "GET /api/v1/files",
              "GET /api/v1/rejects",
              "GET /api/v1/rejects/{id}",
              "GET /api/v1/replays",
              "GET /api/v1/replays/{id}",
              "POST /api/v1/record",
              "GET /api/v1/cdc",
              "GET /api/v1/doctor",
              "GET /api/v1/activity"),
          OPERATOR,
          Set.of(
              "POST /files/skip",
              "POST /files/retry",
              "POST /rejects/redrive",
              "POST /rejects/discard",
              "GET /replays/new",
              "POST /replays/plan",
              "POST /replays/{id}/run",
              "POST /replays/{id}/cancel",
              "POST /cdc/{name}/pause",
              "POST /cdc/{name}/resume",
              "POST /cdc/{name}/snapshot",
              "POST /api/v1/files/skip",
              "POST /api/v1/files/retry",
              "POST /api/v1/rejects/redrive",
              "POST /api/v1/rejects/discard",
              "POST /api/v1/replays",
              "POST /api/v1/replays/{id}/run",
              "POST /api/v1/replays/{id}/cancel",
              "POST /api/v1/cdc/{name}/pause",
              "POST /api/v1/cdc/{name}/resume",
              "POST /api/v1/cdc/{name}/snapshot"),
          ADMIN,
          Set.of("POST /rejects/{id}/values"));

  private final TestPostgres server;
  private final TestKafka kafka;
  private RunningConsole console;
  private String signedIn = "?";
  @TempDir private Path folder;

  RoutesIT(TestPostgres server, TestKafka kafka) {
    this.server = server;
    this.kafka = kafka;
  }

  @BeforeEach
  void start() throws Exception {
    console = RunningConsole.start(server.anotherMigrated("ccw"), kafka, folder);
  }

  @AfterEach
  void stop() {
    console.close();
  }

  @Test
  void everyRouteIsForThoseWhoMay() throws Exception {
    Map<String, Role> expected =
        EXPECTED.entrySet().stream()
            .flatMap(of -> of.getValue().stream().map(route -> Map.entry(route, of.getKey())))
            .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    assertThat(console.server().routes())
        .as("a new route has its role here, too")
        .containsExactlyInAnyOrderElementsOf(expected.keySet());

    Map<String, Set<String>> may = new TreeMap<>();
    expected.forEach((route, role) -> may.put(route, new TreeSet<>(names(role))));
    Map<String, Set<String>> let = new TreeMap<>();
    for (String name : new String[] {NOBODY, "viewer", "operator", "admin"}) {
      for (String route : console.server().routes()) {
        let.computeIfAbsent(route, first -> new TreeSet<>());
        if (isLet(route, name)) {
          let.get(route).add(name);
        }
      }
    }
    assertThat(let).isEqualTo(may);
  }

  /** The document says what is there, and what is there is in it. */
  @Test
  void theDocumentIsThatOfTheRoutes() throws Exception {
    JsonNode document =
        new ObjectMapper().readTree(console.api("viewer", "/api/v1/openapi.json").body());
    Map<String, String> told = new TreeMap<>();
    for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        told.put(
            method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(),
            method.getValue().get("description").asText());
      }
    }

    assertThat(document.get("openapi").asText()).startsWith("3.1");
    assertThat(told.keySet())
        .isEqualTo(
            console.server().routes().stream()
                .filter(route -> route.contains(" /api/"))
                .collect(Collectors.toSet()));
    EXPECTED.forEach(
        (role, routes) ->
            routes.stream()
                .filter(told::containsKey)
                .forEach(
                    route ->
                        assertThat(told.get(route))
                            .startsWith("Needs the role " + role.name().toLowerCase(Locale.ROOT))));
  }

  private static Set<String> names(Role least) {
    return Stream.of(ANYBODY, VIEWER, OPERATOR, ADMIN)
        .filter(role -> role.may(least))
        .map(role -> role == ANYBODY ? NOBODY : role.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.toSet());
  }

  /** Whether whoever asks came past the gate. */
  private boolean isLet(String route, String name) throws Exception {
    String[] parts = route.split(" ", -1);
    String path = parts[1].replaceAll("\\{\\w+}", "999");
    boolean api = path.startsWith("/api/");
    signIn(api ? NOBODY : name);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(console.uri(path))
            .method(parts[0], HttpRequest.BodyPublishers.noBody());
    if (api && !name.equals(NOBODY)) {
      request.header("Authorization", RunningConsole.basic(name));
    }
    HttpResponse<String> answer = console.send(request.build());
    boolean asked =
        answer.headers().firstValue("Location").filter(to -> to.startsWith("/sign-in")).isPresent()
            || answer.body().contains("sign in: HTTP basic");
    return !asked && !answer.body().contains("this needs the role");
  }

  private void signIn(String name) throws Exception {
    if (signedIn.equals(name)) {
      return;
    }
    signedIn = name;
    if (name.equals(NOBODY)) {
      console.anew();
    } else {
      console.as(name);
    }
  }
}
