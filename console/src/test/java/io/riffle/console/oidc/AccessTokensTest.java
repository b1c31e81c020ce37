package io.riffle.console.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import io.riffle.console.access.Bearers;
import io.riffle.console.access.RefusedException;
import io.riffle.console.access.Role;
import io.riffle.testing.ManualClock;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which tokens of programs are taken. */
class AccessTokensTest {
  private static TestIssuer issuer;

  private Bearers bearers;

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
    bearers =
        new Oidc(
                GivenOidc.config(issuer.address()),
                URI.create("http://127.0.0.1:8090"),
                new ManualClock())
            .bearers()
            .orElseThrow();
  }

  private int status(Consumer<JWTClaimsSet.Builder> bent) {
    return status(issuer.accessToken(bent));
  }

  private int status(String token) {
    RefusedException refused =
        catchThrowableOfType(RefusedException.class, () -> bearers.visitor(token));
    assertThat(refused).as("it went through").isNotNull();
    assertThat(refused.getMessage()).doesNotContain(token);
    return refused.status();
  }

  @Test
  void aTokenForUsTellsNameAndRole() {
    var visitor = bearers.visitor(issuer.accessToken(claims -> {}));

    assertThat(visitor.name()).isEqualTo("oidc:ada");
    assertThat(visitor.role()).isEqualTo(Role.OPERATOR);
    assertThat(visitor.via()).isEqualTo("API");
    assertThat(visitor.token()).as("only JSON may change anything").isEmpty();
  }

  @Test
  void aTokenForAnotherProgramIsRefused() {
    assertThat(status(claims -> claims.audience("another"))).isEqualTo(401);
    assertThat(status(claims -> claims.audience((String) null))).isEqualTo(401);
    assertThat(status(claims -> claims.audience(TestIssuer.CLIENT))).isEqualTo(401);
  }

  @Test
  void aTokenOfAnotherIssuerOrKeyIsRefused() {
    assertThat(status(claims -> claims.issuer("https://evil.example"))).isEqualTo(401);
    issuer.sign(claims -> TestIssuer.signed(claims, TestIssuer.newKey()));
    assertThat(status(claims -> {})).isEqualTo(401);
    issuer.sign(claims -> new PlainJWT(claims).serialize());
    assertThat(status(claims -> {})).isEqualTo(401);
    assertThat(status("nonsense")).isEqualTo(401);
  }

  @Test
  void aTokenThatIsOverOrNeverEndsIsRefused() {
    Date past = Date.from(Instant.now().minusSeconds(40));
    assertThat(status(claims -> claims.expirationTime(past))).isEqualTo(401);
    assertThat(status(claims -> claims.expirationTime(null))).isEqualTo(401);
    Date future = Date.from(Instant.now().plusSeconds(100));
    assertThat(status(claims -> claims.notBeforeTime(future))).isEqualTo(401);
  }

  /** Somebody's sign-in is no leave to act for them. */
  @Test
  void anIdTokenIsNoAccessToken() {
    assertThat(status(claims -> claims.claim("nonce", "n"))).isEqualTo(401);
    assertThat(status(claims -> claims.claim("at_hash", "h"))).isEqualTo(401);
  }

  @Test
  void withoutARoleNothingIsAllowed() {
    assertThat(status(claims -> claims.claim("roles", List.of("x")))).isEqualTo(403);
  }

  @Test
  void aProviderThatIsAwayIsSaidToBe() throws IOException {
    String token = issuer.accessToken(claims -> {});
    URI gone;
    try (TestIssuer other = TestIssuer.start()) {
      gone = other.address();
    }
    bearers =
        new Oidc(GivenOidc.config(gone), URI.create("http://127.0.0.1:1"), new ManualClock())
            .bearers()
            .orElseThrow();

    assertThat(status(token)).isEqualTo(503);
  }
}
