package io.riffle.console;

import io.riffle.config.Settings;
import io.riffle.console.server.ConsoleServer;
import io.riffle.operations.access.PasswordHash;
import io.riffle.testing.TestKafka;
import io.riffle.testing.TestPostgres;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A console on a free port, its users, and a browser without scripts. */
public final class RunningConsole implements AutoCloseable {
  /** Everybody's. */
  public static final String PASSWORD = "correct horse";

  private static final String HASH = PasswordHash.of(PASSWORD.toCharArray(), 1_000).text();
  private static final Pattern TOKEN = Pattern.compile("name=\"_token\" value=\"([^\"]+)\"");

  private final ConsoleServer server;
  private final Path users;
  private HttpClient client = client();

  private RunningConsole(ConsoleServer server, Path users) {
    this.server = server;
    this.users = users;
  }

  /** With the users viewer, operator and admin. */
  public static RunningConsole start(TestPostgres database, TestKafka kafka, Path folder)
      throws IOException {
    return start(database, kafka.bootstrapServers(), folder, Map.of());
  }

  /** The same with some settings more. */
  public static RunningConsole start(
      TestPostgres database, String kafka, Path folder, Map<String, String> more)
      throws IOException {
    Path users = folder.resolve("users");
    Files.writeString(
        users, "viewer:viewer:%1$s%noperator:operator:%1$s%nadmin:admin:%1$s%n".formatted(HASH));
    Map<String, String> settings = new HashMap<>(settings(database, kafka, users));
    settings.putAll(more);
    ConsoleConfig config = Settings.of(settings).build(ConsoleConfig::from);
    return new RunningConsole(ConsoleServer.start(config), users);
  }

  /** What it is told. */
  static Map<String, String> settings(TestPostgres database, String kafka, Path users) {
    return Map.ofEntries(
        Map.entry("console.listen", "127.0.0.1:0"),
        Map.entry("console.users", users.toString()),
        Map.entry("console.lag-every", "500ms"),
        Map.entry("console.lag-all", "true"),
        Map.entry("database.url", database.jdbcUrl()),
        Map.entry("database.user", database.username()),
        Map.entry("database.password", database.password()),
        Map.entry("kafka.bootstrap-servers", kafka),
        Map.entry("registry.url", "http://127.0.0.1:9/apis/ccompat/v7"),
        Map.entry("s3.endpoint", "http://127.0.0.1:9"),
        Map.entry("s3.access-key", "key"),
        Map.entry("s3.secret-key", "secret"),
        Map.entry("connect.url", "http://127.0.0.1:9"));
  }

  private static HttpClient client() {
    return HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
  }

  public ConsoleServer server() {
    return server;
  }

  /** The file of users. */
  public Path users() {
    return users;
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  /** Forgets who is signed in. */
  public RunningConsole anew() {
    client = client();
    return this;
  }

  /** Signs in as somebody else. */
  public RunningConsole as(String name) throws IOException, InterruptedException {
    anew();
    HttpResponse<String> answer =
        send(form("/sign-in", Map.of("name", name, "password", PASSWORD)).build());
    if (answer.statusCode() != 303) {
      throw new IllegalStateException("no sign-in: " + answer.statusCode());
    }
    return this;
  }

  public HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri(path)).build());
  }

  /** A page that is there. */
  public String page(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = get(path);
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(path + ": " + answer.statusCode() + " " + answer.body());
    }
    return answer.body();
  }

  /** Posts a form with the token that its page carries. */
  public HttpResponse<String> post(String page, String path, Map<String, String> fields)
      throws IOException, InterruptedException {
    Matcher token = TOKEN.matcher(page(page));
    Map<String, String> all = new HashMap<>(fields);
    if (token.find()) {
      all.put("_token", token.group(1));
    }
    return send(form(path, all).build());
  }

  /** As a program does. */
  public HttpResponse<String> api(String name, String path)
      throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri(path)).header("Authorization", basic(name)).build());
  }

  /** As a program does. */
  public HttpResponse<String> apiPost(String name, String path, String json)
      throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(uri(path))
            .header("Authorization", basic(name))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build());
  }

  static String basic(String name) {
    byte[] pair = (name + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  public HttpRequest.Builder form(String path, Map<String, String> fields) {
    StringBuilder body = new StringBuilder();
    fields.forEach(
        (name, value) ->
            body.append(body.length() == 0 ? "" : "&")
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
    return HttpRequest.newBuilder(uri(path))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
  }

  public HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    server.close();
  }
}
