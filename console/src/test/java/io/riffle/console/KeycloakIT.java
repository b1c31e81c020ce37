package io.riffle.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.riffle.testing.Accessibility;
import io.riffle.testing.Browser;
import io.riffle.testing.KafkaExtension;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestKafka;
import io.riffle.testing.TestPostgres;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Signing in at a real Keycloak, in a real browser. */
@Tag("full")
@Tag("pages")
@ExtendWith({PostgresExtension.class, KafkaExtension.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeycloakIT {
  private static final Path SHOTS = Path.of("target/screenshots");

  private final TestPostgres postgres;
  private final TestKafka kafka;
  private Keycloak keycloak;
  private RunningConsole console;
  private Browser browser;

  KeycloakIT(TestPostgres server, TestKafka kafka) {
    this.postgres = server.anotherMigrated("ccw");
    this.kafka = kafka;
  }

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    assumeTrue(Browser.chromium().isPresent(), "needs Debian's package chromium");
    assumeTrue(Keycloak.folder().isPresent(), "Keycloak comes with -Dsuite=pages only");
    LedgerRows.insert(postgres);
    int port = OidcIT.freePort();
    keycloak = Keycloak.start(URI.create("http://127.0.0.1:" + port));
    Map<String, String> settings = new HashMap<>();
    settings.put("console.listen", "127.0.0.1:" + port);
    settings.put("console.oidc.issuer", keycloak.issuer().toString());
    settings.put("console.oidc.client-id", "riffle-console");
    settings.put("console.oidc.client-secret", Keycloak.SECRET);
    settings.put("console.oidc.audience", "riffle-api");
    settings.put("console.oidc.label", "Sign in with Keycloak");
    console = RunningConsole.start(postgres, kafka.bootstrapServers(), folder, settings);
    await().until(() -> console.server().lag().seen().report().isPresent());
    browser = Browser.start();
  }

  @AfterAll
  void stop() {
    if (browser != null) {
      browser.close();
    }
    if (console != null) {
      console.close();
    }
    if (keycloak != null) {
      keycloak.close();
    }
  }

  /** Refusals aside, which browsers complain of. */
  @AfterEach
  void nothingElseWasComplainedOf() {
    assertThat(browser.complaints()).allMatch(text -> text.contains("a status of 403"));
  }

  /** Wants a page, is sent to Keycloak, and signs in there. */
  private Page signIn(String name, String wanted) {
    Page page = browser.window(1200, 900, false);
    page.navigate(console.uri(wanted).toString());
    page.getByText("Sign in with Keycloak").click();
    atKeycloak(page, name);
    return page;
  }

  private void atKeycloak(Page page, String name) {
    page.waitForURL(url -> url.startsWith(keycloak.issuer().toString()));
    page.locator("#username").fill(name);
    page.locator("#password").fill(Keycloak.PASSWORD);
    page.keyboard().press("Enter");
    page.waitForURL(url -> url.startsWith(console.uri("/").toString()));
  }

  private List<String> noted(String who) {
    return postgres.rows(
        "SELECT action, role, via FROM riffle.activity WHERE who = '%s' ORDER BY activity_id"
            .formatted(who));
  }

  private static void shot(Page page, String name) {
    page.screenshot(
        new Page.ScreenshotOptions()
            .setFullPage(true)
            .setPath(SHOTS.resolve("keycloak-" + name + ".png")));
  }

  /** No server is told of what stands behind the sign of an address. */
  @Test
  void aLinkOfAnAlertLeadsToItsEntry() {
    Page page = signIn("olga", "/runbook#processdown");

    page.waitForURL(url -> url.endsWith("/runbook#processdown"));
    page.goBack();
    page.waitForURL(url -> !url.contains("why="));
    assertThat(page.locator("main").textContent()).doesNotContain("Not signed in");
  }

  @Test
  void anOperatorSignsInActsAndSignsOutAtKeycloakToo() {
    Page page = signIn("olga", "/rejects");
    page.waitForURL(url -> url.endsWith("/rejects"));
    assertThat(page.locator(".who").textContent()).contains("oidc:olga", "operator");
    shot(page, "operator");
    page.getByLabel("select reject 1").check();
    page.getByText("Redrive selected").click();
    page.getByText("Redrive requested for 1 reject").waitFor();

    page.getByText("Sign out").click();
    page.waitForURL(url -> url.contains("/sign-in"));
    assertThat(page.url()).startsWith(console.uri("/sign-in").toString());
    page.getByText("Sign in with Keycloak").click();
    page.locator("#username").waitFor(); // asks again: the session there has ended
    assertThat(page.url()).startsWith(keycloak.issuer().toString());

    assertThat(noted("oidc:olga"))
        .contains("SIGN_IN|OPERATOR|PAGE", "REDRIVE|OPERATOR|PAGE", "SIGN_OUT|OPERATOR|PAGE");
  }

  @Test
  void aViewerSeesAndMayNotAct() {
    Page page = signIn("vera", "/rejects");
    page.waitForURL(url -> url.endsWith("/rejects"));
    assertThat(page.locator(".who").textContent()).contains("oidc:vera", "viewer");
    assertThat(page.getByText("Redrive selected").count()).isZero();
    page.navigate(console.uri("/replays/new").toString());
    page.getByText("this needs the role OPERATOR").waitFor();
  }

  @Test
  void whoHasNoRoleIsToldSoAndMayBeSomebodyElse() {
    Page page = signIn("nora", "/lag");
    page.getByText("none of the roles").waitFor();
    assertThat(page.url()).endsWith("/oidc/refused?why=NO_ROLE");
    shot(page, "none");
    assertThat(Accessibility.problems(page)).isEmpty();
    page.navigate(console.uri("/lag").toString());
    page.getByText("Sign in with Keycloak").waitFor();
    assertThat(noted("oidc:nora")).containsExactly("SIGN_IN_REFUSED||PAGE");

    page.goBack();
    page.getByText("Sign in as somebody else").click();
    page.locator("#password").waitFor();
    assertThat(page.url()).startsWith(keycloak.issuer().toString());
  }

  @Test
  void theSignInPageIsFitForAll() {
    Page page = browser.window(390, 800, true);
    page.navigate(console.uri("/sign-in").toString());
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Sign in with Keycloak"))
        .waitFor();
    shot(page, "sign-in");
    assertThat(Accessibility.problems(page)).isEmpty();
  }

  private HttpResponse<String> ask(String token, String path) throws Exception {
    return console.send(
        HttpRequest.newBuilder(console.uri(path))
            .header("Authorization", "Bearer " + token)
            .build());
  }

  @Test
  void programsSendTokensOfTheirOwnOrOfAUser() throws Exception {
    Map<String, String> own = Map.of("grant_type", "client_credentials");
    Map<String, String> users =
        Map.of("grant_type", "password", "username", "vera", "password", Keycloak.PASSWORD);

    assertThat(ask(keycloak.accessToken("riffle-program", own), "/api/v1/lag").statusCode())
        .isEqualTo(200);
    String veras = keycloak.accessToken("riffle-program", users);
    assertThat(ask(veras, "/api/v1/lag").statusCode()).isEqualTo(200);
    HttpResponse<String> order =
        console.send(
            HttpRequest.newBuilder(console.uri("/api/v1/rejects/redrive"))
                .header("Authorization", "Bearer " + veras)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"cause\":\"NOT_A_DATE\"}"))
                .build());
    assertThat(order.statusCode()).as("a viewer's").isEqualTo(403);
    assertThat(ask(keycloak.accessToken("another-program", users), "/api/v1/lag").statusCode())
        .as("made for somebody else")
        .isEqualTo(401);
  }
}
