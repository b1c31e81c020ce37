package io.riffle.console.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import io.riffle.console.access.Role;
import io.riffle.testing.ManualClock;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused of browsers and of providers, each against a provider that does it. */
class SignInFlowTest {
  private static final URI CALLBACK = URI.create("http://127.0.0.1:8090/oidc/callback");
  private static TestIssuer issuer;

  private final ManualClock clock = new ManualClock();
  private SignInFlow flow;

  @BeforeAll
  static void start() throws IOException {
    issuer = TestIssuer.start();
  }

  @AfterAll
  static void stop() {
    issuer.close();
  }

  @BeforeEach
  void behave() {
    issuer.behave();
    flow = flow(GivenOidc.config(issuer.address()), Duration.ofSeconds(5));
  }

  private SignInFlow flow(OidcConfig config, Duration patience) {
    Web web = new Web(patience);
    return new SignInFlow(config, new Provider(config.issuer(), web, clock), web, CALLBACK, clock);
  }

  private static Map<String, List<String>> parameters(URI back) {
    Map<String, List<String>> all = new HashMap<>();
    Arrays.stream(back.getRawQuery().split("&"))
        .map(pair -> pair.split("=", 2)[0])
        .distinct()
        .forEach(name -> all.put(name, List.of(TestIssuer.query(back.getRawQuery()).get(name))));
    return all;
  }

  private SignInFlow.SignedIn finish(SignInFlow.Begun begun, URI back) {
    return flow.finish(Optional.of(begun.ticket()), parameters(back));
  }

  private Account signIn() {
    SignInFlow.Begun begun = flow.begin("/", false);
    return finish(begun, issuer.signIn(begun.address())).account();
  }

  private Refusal refusal() {
    OidcException refused = catchThrowableOfType(OidcException.class, this::signIn);
    assertThat(refused).as("it went through").isNotNull();
    return refused.refusal();
  }

  private Refusal refusal(SignInFlow.Begun begun, URI back) {
    OidcException refused = catchThrowableOfType(OidcException.class, () -> finish(begun, back));
    assertThat(refused).as("it went through").isNotNull();
    return refused.refusal();
  }

  private Refusal refusalOf(Consumer<JWTClaimsSet.Builder> bent) {
    issuer.bend(bent);
    return refusal();
  }

  @Test
  void tellsWhoCameBackAndWhereTo() {
    SignInFlow.Begun begun = flow.begin("/lag?state=OK", false);
    SignInFlow.SignedIn who = finish(begun, issuer.signIn(begun.address()));

    assertThat(who.account()).isEqualTo(new Account("oidc:ada", Role.OPERATOR, "f3c1-77"));
    assertThat(who.to()).isEqualTo("/lag?state=OK");
    assertThat(who.toString()).doesNotContain(who.idToken().reveal());
    assertThat(begun.toString()).doesNotContain(begun.ticket());
  }

  @Test
  void asksForACodeWithStateNonceAndChallenge() {
    Map<String, String> asked = TestIssuer.query(flow.begin("/", false).address().getRawQuery());
    Map<String, String> other = TestIssuer.query(flow.begin("/", true).address().getRawQuery());

    assertThat(asked)
        .containsEntry("response_type", "code")
        .containsEntry("scope", "openid profile")
        .containsEntry("redirect_uri", CALLBACK.toString())
        .containsEntry("code_challenge_method", "S256")
        .doesNotContainKey("prompt");
    assertThat(other).containsEntry("prompt", "login");
    for (String fresh : List.of("state", "nonce", "code_challenge")) {
      assertThat(asked.get(fresh)).hasSizeGreaterThan(40).isNotEqualTo(other.get(fresh));
    }
  }

  @Test
  void isBoundToTheBrowserThatBegan() {
    SignInFlow.Begun mine = flow.begin("/", false);
    SignInFlow.Begun others = flow.begin("/", false);
    Map<String, List<String>> back = parameters(issuer.signIn(others.address()));

    assertThatThrownBy(() -> flow.finish(Optional.empty(), back))
        .as("no cookie")
        .hasMessage(Refusal.NOT_BEGUN_HERE.text());
    assertThatThrownBy(() -> flow.finish(Optional.of(mine.ticket()), back))
        .as("another browser's cookie")
        .hasMessage(Refusal.NOT_BEGUN_HERE.text());
    assertThat(flow.finish(Optional.of(others.ticket()), back).account().name())
        .as("an attempt does not spoil it")
        .isEqualTo("oidc:ada");
  }

  @Test
  void countsOnce() {
    SignInFlow.Begun begun = flow.begin("/", false);
    URI back = issuer.signIn(begun.address());
    finish(begun, back);

    assertThat(refusal(begun, back)).isEqualTo(Refusal.NOT_BEGUN_HERE);
  }

  @Test
  void countsForTenMinutes() {
    SignInFlow.Begun begun = flow.begin("/", false);
    clock.pass(Duration.ofMinutes(10));

    assertThat(refusal(begun, issuer.signIn(begun.address()))).isEqualTo(Refusal.NOT_BEGUN_HERE);
  }

  @Test
  void aCodeOfAnotherSignInIsOfNoUse() {
    SignInFlow.Begun mine = flow.begin("/", false);
    URI others = issuer.signIn(flow.begin("/", false).address());
    String code = TestIssuer.query(others.getRawQuery()).get("code");
    String state = TestIssuer.query(mine.address().getRawQuery()).get("state");
    String iss = TestIssuer.query(others.getRawQuery()).get("iss");

    assertThat(
            refusal(
                mine, URI.create(CALLBACK + "?code=" + code + "&state=" + state + "&iss=" + iss)))
        .isEqualTo(Refusal.CODE_REFUSED);
  }

  @Test
  void anAnswerOfAnotherProviderIsRefused() {
    SignInFlow.Begun begun = flow.begin("/", false);
    assertThat(refusal(begun, issuer.signIn(begun.address(), "iss", "https://evil.example")))
        .isEqualTo(Refusal.OTHER_ISSUER);

    SignInFlow.Begun nameless = flow.begin("/", false);
    assertThat(refusal(nameless, issuer.signIn(nameless.address(), "x", "y")))
        .as("the provider says that it names itself")
        .isEqualTo(Refusal.OTHER_ISSUER);
  }

  /** Who put another one beside it is not asked which one counts. */
  @Test
  void whatIsThereTwiceDoesNotCount() {
    SignInFlow.Begun begun = flow.begin("/", false);
    for (String name : List.of("state", "code", "iss")) {
      SignInFlow.Begun again = flow.begin("/", false);
      Map<String, List<String>> back = parameters(issuer.signIn(again.address()));
      back.put(name, List.of(back.get(name).get(0), "another"));

      assertThatThrownBy(() -> flow.finish(Optional.of(again.ticket()), back))
          .as(name)
          .isInstanceOf(OidcException.class);
    }
    assertThat(finish(begun, issuer.signIn(begun.address())).to()).isEqualTo("/");
  }

  @Test
  void whatTheProviderSaysIsNotRepeated() {
    SignInFlow.Begun denied = flow.begin("/", false);
    String iss = issuer.address().toString();
    assertThat(
            refusal(denied, issuer.signIn(denied.address(), "error", "access_denied", "iss", iss)))
        .isEqualTo(Refusal.DENIED);

    SignInFlow.Begun broken = flow.begin("/", false);
    URI back = issuer.signIn(broken.address(), "error", "<script>", "iss", iss);
    assertThatThrownBy(() -> finish(broken, back)).hasMessage(Refusal.PROVIDER_REFUSED.text());
  }

  @Test
  void aTokenSignedBySomebodyElseIsRefused() {
    issuer.sign(
        claims ->
            TestIssuer.signed(
                claims, JWSAlgorithm.ES256, issuer.key().getKeyID(), signer(TestIssuer.newKey())));

    assertThat(refusal()).isEqualTo(Refusal.BAD_TOKEN);
  }

  private static com.nimbusds.jose.JWSSigner signer(com.nimbusds.jose.jwk.ECKey key) {
    try {
      return new com.nimbusds.jose.crypto.ECDSASigner(key);
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void anUnsignedTokenIsRefused() {
    issuer.sign(claims -> new PlainJWT(claims).serialize());

    assertThat(refusal()).isEqualTo(Refusal.BAD_TOKEN);
  }

  @Test
  void aTokenSignedWithAPublicKeyAsSecretIsRefused() throws Exception {
    RSAKey rsa = new RSAKeyGenerator(2048).keyID("rsa").generate();
    issuer.publish(rsa.toPublicJWK());
    MACSigner secret = new MACSigner(rsa.toRSAPublicKey().getEncoded());
    issuer.sign(claims -> TestIssuer.signed(claims, JWSAlgorithm.HS256, "rsa", secret));

    assertThat(refusal()).isEqualTo(Refusal.BAD_TOKEN);
  }

  /** Even where a provider publishes what it should not. */
  @Test
  void aTokenSignedWithASecretIsRefused() throws Exception {
    OctetSequenceKey known = new OctetSequenceKeyGenerator(256).keyID("oct").generate();
    issuer.publish(known);
    issuer.bendDocument(
        document -> document.putArray("id_token_signing_alg_values_supported").add("HS256"));
    MACSigner secret = new MACSigner(known);
    issuer.sign(claims -> TestIssuer.signed(claims, JWSAlgorithm.HS256, "oct", secret));

    assertThat(refusal()).isEqualTo(Refusal.BAD_TOKEN);
  }

  @Test
  void aTokenForSomebodyElseIsRefused() {
    assertThat(refusalOf(claims -> claims.audience("another"))).isEqualTo(Refusal.BAD_TOKEN);
    assertThat(refusalOf(claims -> claims.audience(List.of(TestIssuer.CLIENT, "another"))))
        .as("for two, and nobody says whose it is")
        .isEqualTo(Refusal.BAD_TOKEN);
    assertThat(refusalOf(claims -> claims.claim("azp", "another"))).isEqualTo(Refusal.BAD_TOKEN);
    issuer.bend(
        claims -> claims.audience(List.of(TestIssuer.CLIENT, "x")).claim("azp", TestIssuer.CLIENT));
    assertThat(signIn().role()).isEqualTo(Role.OPERATOR);
  }

  @Test
  void aTokenOfAnotherIssuerIsRefused() {
    assertThat(refusalOf(claims -> claims.issuer("https://evil.example")))
        .isEqualTo(Refusal.BAD_TOKEN);
  }

  @Test
  void aTokenThatIsOverIsRefused() {
    issuer.bend(claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(10))));
    assertThat(signIn().role()).as("clocks differ a little").isEqualTo(Role.OPERATOR);

    assertThat(
            refusalOf(claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(40)))))
        .isEqualTo(Refusal.BAD_TOKEN);
    assertThat(refusalOf(claims -> claims.expirationTime(null))).isEqualTo(Refusal.BAD_TOKEN);
  }

  @Test
  void aTokenOfAnotherSignInIsRefused() {
    assertThat(refusalOf(claims -> claims.claim("nonce", "another"))).isEqualTo(Refusal.BAD_TOKEN);
    assertThat(refusalOf(claims -> claims.claim("nonce", null))).isEqualTo(Refusal.BAD_TOKEN);
  }

  @Test
  void nobodyComesInWithoutARole() {
    issuer.bend(claims -> claims.claim("roles", List.of("riffle-admins", "xriffle-admin", 7)));
    OidcException refused = catchThrowableOfType(OidcException.class, this::signIn);

    assertThat(refused.refusal()).isEqualTo(Refusal.NO_ROLE);
    assertThat(refused.who()).contains("oidc:ada");
    assertThat(refusalOf(claims -> claims.claim("roles", "a riffle-admin")))
        .isEqualTo(Refusal.NO_ROLE);
    assertThat(refusalOf(claims -> claims.claim("roles", null))).isEqualTo(Refusal.NO_ROLE);
  }

  @Test
  void aNameIsAsThoseOfTheFileAre() {
    for (String name : List.of("a b", "admin\u202e", "x".repeat(65), "a:b", "<b>", "")) {
      assertThat(refusalOf(claims -> claims.claim("preferred_username", name)))
          .as(name)
          .isEqualTo(Refusal.BAD_NAME);
    }
    issuer.bend(claims -> claims.claim("preferred_username", null));
    assertThat(signIn().name()).isEqualTo("oidc:f3c1-77");
  }

  @Test
  void keysAreReadAgainForAKeyThatIsNewButNotForEachOne() {
    signIn();
    int before = issuer.keyReads();
    issuer.rotate();
    assertThat(refusal()).as("read a moment ago").isEqualTo(Refusal.BAD_TOKEN);
    clock.pass(Kept.PAUSE);
    assertThat(signIn().role()).isEqualTo(Role.OPERATOR);
    assertThat(issuer.keyReads()).isEqualTo(before + 1);

    issuer.sign(claims -> TestIssuer.signed(claims, TestIssuer.newKey()));
    for (int i = 0; i < 5; i++) {
      assertThat(refusal()).isEqualTo(Refusal.BAD_TOKEN);
    }
    assertThat(issuer.keyReads()).as("not by each wrong token").isEqualTo(before + 1);
  }

  @Test
  void aKeyThatWasTakenAwayCountsNoMore() {
    signIn();
    com.nimbusds.jose.jwk.ECKey old = issuer.key();
    issuer.rotate();
    issuer.sign(claims -> TestIssuer.signed(claims, old));
    assertThat(signIn().role()).as("not known yet").isEqualTo(Role.OPERATOR);
    clock.pass(Duration.ofMinutes(5));

    assertThat(refusal()).isEqualTo(Refusal.BAD_TOKEN);
  }

  @Test
  void theDocumentIsReadOnceInAWhile() {
    int before = issuer.documentReads();
    for (int i = 0; i < 5; i++) {
      signIn();
    }
    assertThat(issuer.documentReads()).isEqualTo(before + 1);
    clock.pass(Duration.ofHours(1));
    signIn();
    assertThat(issuer.documentReads()).isEqualTo(before + 2);
  }

  @Test
  void aProviderThatIsAwayIsSaidToBe() throws IOException {
    URI gone;
    try (TestIssuer other = TestIssuer.start()) {
      gone = other.address();
    }
    flow = flow(GivenOidc.config(gone), Duration.ofSeconds(5));

    assertThat(refusal()).isEqualTo(Refusal.PROVIDER_AWAY);
  }

  @Test
  void nobodyWaitsLongForAProviderAndOnlyOneDoes() throws IOException {
    try (TestIssuer other = TestIssuer.start()) {
      other.fallSilent();
      flow = flow(GivenOidc.config(other.address()), Duration.ofMillis(200));
      long begun = System.nanoTime();
      for (int i = 0; i < 20; i++) {
        assertThat(refusal()).isEqualTo(Refusal.PROVIDER_AWAY);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
      assertThat(other.documentReads()).isEqualTo(1);

      other.behave();
      clock.pass(Kept.PAUSE);
      assertThat(flow.begin("/", false).address().toString()).startsWith(other.address() + "/");
    }
  }

  @Test
  void aProviderThatNamesAnotherIssuerOrNoTlsIsNotTrusted() {
    List<Consumer<com.fasterxml.jackson.databind.node.ObjectNode>> lies = new ArrayList<>();
    lies.add(document -> document.put("issuer", "https://evil.example"));
    lies.add(document -> document.put("token_endpoint", "http://evil.example/token"));
    lies.add(document -> document.put("authorization_endpoint", "http://evil.example/a"));
    lies.add(document -> document.put("jwks_uri", "http://evil.example/keys"));
    lies.add(document -> document.put("end_session_endpoint", "http://evil.example/end"));
    lies.add(document -> document.remove("token_endpoint"));
    lies.add(document -> document.put("x", "long".repeat(100_000)));
    for (Consumer<com.fasterxml.jackson.databind.node.ObjectNode> lie : lies) {
      issuer.bendDocument(lie);
      flow = flow(GivenOidc.config(issuer.address()), Duration.ofSeconds(5));

      assertThat(refusal()).isIn(Refusal.PROVIDER_BROKEN, Refusal.PROVIDER_AWAY);
    }
  }

  @Test
  void ofTooManyTheOldestAreForgotten() {
    Tickets<Integer> tickets = new Tickets<>(3, Duration.ofMinutes(1), clock);
    List<String> given = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      given.add(tickets.keep(i));
    }

    assertThat(given)
        .extracting(ticket -> tickets.take(ticket, any -> true))
        .containsExactly(
            Optional.empty(), Optional.empty(), Optional.of(2), Optional.of(3), Optional.of(4));
    assertThat(tickets.take(null, any -> true)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"invalid_client", "unauthorized_client"})
  void aWrongSecretIsThisConsolesFault(String said) {
    issuer.saysOfWrongSecrets(said);
    flow =
        flow(
            GivenOidc.config(issuer.address(), "console.oidc.client-secret", "wrong"),
            Duration.ofSeconds(5));

    assertThat(refusal()).isEqualTo(Refusal.CLIENT_REFUSED);
  }
}
