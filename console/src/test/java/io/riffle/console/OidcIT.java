package io.riffle.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.riffle.console.oidc.TestIssuer;
import io.riffle.testing.KafkaExtension;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestKafka;
import io.riffle.testing.TestPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Signing in at a provider as browsers and programs see it: pages, cookies, journal. */
@ExtendWith({PostgresExtension.class, KafkaExtension.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OidcIT {
  private final TestPostgres postgres;
  private final TestKafka kafka;
  private TestIssuer issuer;
  private RunningConsole console;

  OidcIT(TestPostgres server, TestKafka kafka) {
    this.postgres = server.anotherMigrated("ccw");
    this.kafka = kafka;
  }

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    issuer = TestIssuer.start();
    console = RunningConsole.start(postgres, kafka.bootstrapServers(), folder, settings(issuer));
    await().until(() -> console.server().lag().seen().report().isPresent());
  }

  @AfterAll
  void stop() {
    console.close();
    issuer.close();
  }

  @BeforeEach
  void behave() {
    issuer.bend(claims -> {});
    console.anew();
  }

  static Map<String, String> settings(TestIssuer issuer) throws IOException {
    Map<String, String> settings = new HashMap<>();
    settings.put("console.listen", "127.0.0.1:" + freePort());
    settings.put("console.oidc.issuer", issuer.address().toString());
    settings.put("console.oidc.client-id", TestIssuer.CLIENT);
    settings.put("console.oidc.client-secret", TestIssuer.SECRET);
    settings.put("console.oidc.audience", TestIssuer.AUDIENCE);
    settings.put("console.oidc.label", "Sign in with the company");
    return settings;
  }

  /** The provider must be told where to come back to before the console is there. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private URI begin(String to) throws Exception {
    HttpResponse<String> answer = console.get("/oidc/sign-in?to=" + to);
    assertThat(answer.statusCode()).isEqualTo(302);
    return URI.create(location(answer));
  }

  private HttpResponse<String> comeBack(URI back) throws Exception {
    return console.get(back.getRawPath() + "?" + back.getRawQuery());
  }

  /** Where the browser is told why; the code is not in that address. */
  private HttpResponse<String> why(HttpResponse<String> refused) throws Exception {
    assertThat(location(refused)).startsWith("/oidc/refused?why=").doesNotContain("code=");
    assertThat(refused.headers().allValues("Set-Cookie"))
        .noneMatch(set -> set.contains("riffle_session_main="));
    return console.get(location(refused));
  }

  private HttpResponse<String> signIn(String to) throws Exception {
    return comeBack(issuer.signIn(begin(to)));
  }

  private static String location(HttpResponse<String> answer) {
    return answer.headers().firstValue("Location").orElseThrow();
  }

  private List<String> noted(String who) {
    return postgres.rows(
        "SELECT action, role, via, target, after FROM riffle.activity WHERE who = '%s' ORDER BY activity_id DESC LIMIT 1"
            .formatted(who));
  }

  @Test
  void theSignInPageLeadsToTheProvider() throws Exception {
    assertThat(console.page("/sign-in?to=/lag"))
        .contains("href=\"/oidc/sign-in?to=%2Flag\"", "Sign in with the company", "Password");
    HttpResponse<String> answer = console.get("/oidc/sign-in?to=/lag");

    assertThat(location(answer)).startsWith(issuer.address() + "/authorize?");
    assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
        .contains("riffle_oidc_main=", "HttpOnly", "SameSite=Lax", "Max-Age=600", "Path=/")
        .doesNotContain("Secure");
  }

  /** No redirect: the session's cookie would not be sent by what follows one of another site. */
  @Test
  void whoComesBackIsSignedInByAPageThatLeadsOn() throws Exception {
    HttpResponse<String> answer = signIn("/lag");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains("http-equiv=\"refresh\"", "content=\"0;url=/lag\"", "href=\"/lag\"");
    assertThat(answer.headers().allValues("Set-Cookie"))
        .anyMatch(set -> set.contains("riffle_session_main=") && set.contains("SameSite=Strict"))
        .anyMatch(set -> set.contains("riffle_oidc_main=;") && set.contains("01 Jan 1970"));
    assertThat(console.page("/lag")).contains("oidc:ada", ">operator<");
    assertThat(noted("oidc:ada"))
        .containsExactly("SIGN_IN|OPERATOR|PAGE|127.0.0.1|OpenID Connect: sub f3c1-77");
  }

  @Test
  void rolesAreThoseOfTheToken() throws Exception {
    issuer.bend(claims -> claims.claim("roles", List.of("riffle-viewer")));
    signIn("/");
    assertThat(console.get("/lag").statusCode()).isEqualTo(200);
    assertThat(console.get("/replays/new").statusCode()).isEqualTo(403);

    issuer.bend(claims -> claims.claim("roles", List.of("riffle-viewer", "riffle-admin")));
    console.anew();
    signIn("/");
    assertThat(console.get("/replays/new").statusCode()).isEqualTo(200);
  }

  @Test
  void whoHasNoRoleIsToldSoAndNoted() throws Exception {
    issuer.bend(claims -> claims.claim("roles", List.of()).claim("preferred_username", "nora"));
    HttpResponse<String> answer = why(signIn("/lag"));

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("none of the roles", "Sign in as somebody else");
    assertThat(console.get("/lag").statusCode()).isEqualTo(302);
    assertThat(noted("oidc:nora"))
        .containsExactly("SIGN_IN_REFUSED||PAGE|127.0.0.1|OpenID Connect: no role");
  }

  @Test
  void anotherBrowsersWayBackSignsNobodyIn() throws Exception {
    URI others = issuer.signIn(begin("/"));
    console.anew();
    begin("/");
    HttpResponse<String> answer = why(comeBack(others));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("not begun in this browser");
    assertThat(console.get("/lag").statusCode()).isEqualTo(302);
  }

  @Test
  void onlyItsOwnWordsAreShown() throws Exception {
    assertThat(console.get("/oidc/refused?why=%3Cb%3E").statusCode()).isEqualTo(404);
  }

  @Test
  void theWayBackCountsOnce() throws Exception {
    URI back = issuer.signIn(begin("/"));
    assertThat(comeBack(back).statusCode()).isEqualTo(200);
    console.anew();

    assertThat(why(comeBack(back)).statusCode()).isEqualTo(400);
  }

  /** Who goes back in the browser, or began in two tabs. */
  @Test
  void whoIsSignedInIsNotToldOtherwise() throws Exception {
    URI back = issuer.signIn(begin("/"));
    comeBack(back);

    HttpResponse<String> answer = why(comeBack(back));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains("You are signed in already", "content=\"0;url=/\"")
        .doesNotContain("Not signed in");
  }

  @Test
  void anotherSiteBeginsNoSignIn() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(console.uri("/oidc/sign-in"))
            .header("Sec-Fetch-Site", "cross-site")
            .build();

    assertThat(console.send(request).statusCode()).isEqualTo(403);
  }

  @Test
  void leadsToPagesOfTheConsoleOnly() throws Exception {
    for (String to : List.of("//evil.example", "https://evil.example", "/%5Cevil.example", "x")) {
      console.anew();
      assertThat(signIn(to).body()).as(to).contains("content=\"0;url=/\"").doesNotContain("evil");
    }
  }

  @Test
  void whatTheProviderSaysWentWrongIsNotRepeated() throws Exception {
    URI back =
        issuer.signIn(
            begin("/"),
            "iss",
            issuer.address().toString(),
            "error",
            "access_denied",
            "error_description",
            "<b>words of theirs</b>");
    HttpResponse<String> answer = why(comeBack(back));

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("did not let you in").doesNotContain("words of theirs");
    assertThat(noted("oidc:?"))
        .containsExactly("SIGN_IN_REFUSED||PAGE|127.0.0.1|OpenID Connect: denied");
  }

  @Test
  void signingOutGoesByTheProvider() throws Exception {
    signIn("/");
    HttpResponse<String> out = console.post("/lag", "/sign-out", Map.of());

    assertThat(out.statusCode()).isEqualTo(200);
    assertThat(out.body())
        .contains("content=\"0;url=/oidc/sign-out\"")
        .as("no token in a page")
        .doesNotContain("eyJ");
    assertThat(console.get("/lag").statusCode()).isEqualTo(302);
    HttpResponse<String> there = console.get("/oidc/sign-out");
    assertThat(location(there))
        .startsWith(issuer.address() + "/end?")
        .contains("id_token_hint=eyJ", "post_logout_redirect_uri=http%3A%2F%2F127.0.0.1%3A");
    assertThat(location(console.get("/oidc/sign-out"))).as("once").isEqualTo("/sign-in");
    assertThat(noted("oidc:ada").get(0)).startsWith("SIGN_OUT|OPERATOR|");
  }

  @Test
  void passwordsAreTakenBesides() throws Exception {
    assertThat(console.as("viewer").page("/lag")).contains(">viewer<");
    assertThat(console.post("/lag", "/sign-out", Map.of()).statusCode()).isEqualTo(303);
  }

  private HttpResponse<String> bearer(String path, String token) throws Exception {
    return console.send(
        HttpRequest.newBuilder(console.uri(path))
            .header("Authorization", "Bearer " + token)
            .build());
  }

  private HttpResponse<String> bearerPost(String token, String type) throws Exception {
    return console.send(
        HttpRequest.newBuilder(console.uri("/api/v1/rejects/redrive"))
            .header("Authorization", "bearer " + token)
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString("{\"cause\":\"NOT_A_DATE\"}"))
            .build());
  }

  @Test
  void programsSendTokens() throws Exception {
    String token = issuer.accessToken(claims -> claims.claim("preferred_username", "robot"));

    assertThat(bearer("/api/v1/lag", token).statusCode()).isEqualTo(200);
    assertThat(bearerPost(token, "text/plain").statusCode()).isEqualTo(400);
    assertThat(bearerPost(token, "application/json").statusCode()).isEqualTo(200);
    assertThat(noted("oidc:robot").get(0)).startsWith("REDRIVE|OPERATOR|API|");
    assertThat(bearer("/api/v1/openapi.json", token).body())
        .contains("\"bearer\":{\"type\":\"http\",\"scheme\":\"bearer\"", "{\"bearer\":[]}");
    assertThat(bearer("/lag", token).statusCode()).as("pages are for people").isEqualTo(302);
  }

  @Test
  void tokensThatAreNotEnoughAreAnsweredAsProgramsExpect() throws Exception {
    HttpResponse<String> nobody = console.get("/api/v1/lag");
    assertThat(nobody.statusCode()).isEqualTo(401);
    assertThat(nobody.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"riffle\"");

    HttpResponse<String> wrong =
        bearer("/api/v1/lag", issuer.accessToken(claims -> claims.audience("another")));
    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(wrong.body()).startsWith("{\"error\":");
    assertThat(wrong.headers().firstValue("WWW-Authenticate").orElseThrow())
        .contains("error=\"invalid_token\"");

    String viewer = issuer.accessToken(claims -> claims.claim("roles", List.of("riffle-viewer")));
    HttpResponse<String> tooLittle = bearerPost(viewer, "application/json");
    assertThat(tooLittle.statusCode()).isEqualTo(403);
    assertThat(tooLittle.headers().firstValue("WWW-Authenticate").orElseThrow())
        .contains("error=\"insufficient_scope\"");
  }

  /** Whatever comes of a sign-in, well or not. */
  @Test
  void noCodeTokenOrSecretIsLogged() throws Exception {
    PrintStream before = System.out;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setOut(new PrintStream(log, true, StandardCharsets.UTF_8));
    URI back;
    String token = issuer.accessToken(claims -> claims.audience("another"));
    try {
      back = issuer.signIn(begin("/"));
      comeBack(back);
      issuer.bend(claims -> claims.audience("another"));
      console.anew();
      assertThat(why(signIn("/")).statusCode()).isEqualTo(502);
      bearer("/api/v1/lag", token);
    } finally {
      System.setOut(before);
    }
    assertThat(log.toString(StandardCharsets.UTF_8))
        .contains("an ID token of the provider does not pass")
        .doesNotContain("eyJ", TestIssuer.SECRET, back.getRawQuery().replaceAll("&.*", ""));
  }

  /** The journal is never emptied: nobody without an account fills it. */
  @Test
  void refusedSignInsAreLimitedByAddress(@TempDir Path folder) throws Exception {
    String refused = "SELECT count(*) FROM riffle.activity WHERE action = 'SIGN_IN_REFUSED'";
    long before = Long.parseLong(postgres.rows(refused).get(0));
    try (RunningConsole other =
        RunningConsole.start(postgres, kafka.bootstrapServers(), folder, settings(issuer))) {
      for (int i = 0; i < 40; i++) {
        URI there = URI.create(location(other.get("/oidc/sign-in")));
        URI back =
            issuer.signIn(there, "iss", issuer.address().toString(), "error", "access_denied");
        other.get(back.getRawPath() + "?" + back.getRawQuery());
      }
      HttpResponse<String> answer = other.get("/oidc/callback?code=x&state=y");
      assertThat(location(answer)).isEqualTo("/oidc/refused?why=TOO_MANY");
      assertThat(other.get(location(answer)).statusCode()).isEqualTo(429);
    }
    assertThat(Long.parseLong(postgres.rows(refused).get(0)) - before).isEqualTo(30);
  }

  @Test
  void startsWithoutItsProviderAndSaysSo(@TempDir Path folder) throws Exception {
    Map<String, String> settings;
    try (TestIssuer gone = TestIssuer.start()) {
      settings = settings(gone);
    }
    settings.put("console.users", ""); // everybody signs in there
    settings.remove("console.oidc.audience");
    try (RunningConsole alone =
        RunningConsole.start(postgres, kafka.bootstrapServers(), folder, settings)) {
      assertThat(alone.page("/sign-in"))
          .contains("Sign in with the company")
          .doesNotContain("Password");
      HttpResponse<String> answer = alone.get("/oidc/sign-in");
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).contains("does not answer");
      HttpResponse<String> token =
          alone.send(
              HttpRequest.newBuilder(alone.uri("/api/v1/lag"))
                  .header("Authorization", "Bearer x")
                  .build());
      assertThat(token.statusCode()).as("not taken unless there is an audience").isEqualTo(401);
    }
  }

  @Test
  void behindAProxyItsAddressAndCookiesAreThoseOfTls(@TempDir Path folder) throws Exception {
    Map<String, String> settings = settings(issuer);
    settings.put("console.transport", "tls-proxy");
    settings.put("console.url", "https://console.example");
    try (RunningConsole proxied =
        RunningConsole.start(postgres, kafka.bootstrapServers(), folder, settings)) {
      HttpResponse<String> answer = proxied.get("/oidc/sign-in");

      assertThat(location(answer))
          .contains("redirect_uri=https%3A%2F%2Fconsole.example%2Foidc%2Fcallback");
      assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
          .startsWith("__Host-riffle_oidc_main=")
          .contains("Secure", "Path=/", "HttpOnly", "SameSite=Lax");
      proxied.send(
          proxied
              .form("/sign-in", Map.of("name", "viewer", "password", "wrong"))
              .header("X-Forwarded-For", "198.51.100.1, 203.0.113.9")
              .build());
      assertThat(postgres.rows("SELECT target FROM riffle.activity WHERE action LIKE '%REFUSED'"))
          .as("what the proxy saw, not what somebody wrote before it")
          .contains("203.0.113.9")
          .doesNotContain("198.51.100.1");
    }
  }
}
