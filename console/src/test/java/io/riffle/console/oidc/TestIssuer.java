package io.riffle.console.oidc;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/** A provider with real keys, on loopback, that can misbehave. Safe for use by several threads. */
public final class TestIssuer implements AutoCloseable {
  public static final String CLIENT = "riffle-console";
  public static final String SECRET = "the-client's-secret: 5e8f";
  public static final String AUDIENCE = "riffle-api";
  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch end = new CountDownLatch(1);
  private final Map<String, Grant> grants = new ConcurrentHashMap<>();
  private final AtomicInteger keyReads = new AtomicInteger();
  private final AtomicInteger documentReads = new AtomicInteger();
  private volatile ECKey key = newKey();
  private volatile List<JWK> published = List.of(key);
  private volatile Consumer<JWTClaimsSet.Builder> bent = claims -> {};
  private volatile Function<JWTClaimsSet, String> signing = this::signed;
  private volatile Consumer<ObjectNode> bentDocument = document -> {};
  private volatile boolean silent;
  private volatile String ofWrongSecrets = "invalid_client";

  /** What a code stands for. */
  private record Grant(Map<String, String> request) {}

  private TestIssuer(HttpServer server) {
    this.server = server;
  }

  /** Providers are not of one mind. */
  void saysOfWrongSecrets(String code) {
    ofWrongSecrets = code;
  }

  public static TestIssuer start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    TestIssuer issuer = new TestIssuer(server);
    server.setExecutor(issuer.threads);
    server.createContext("/realm/.well-known/openid-configuration", issuer::document);
    server.createContext("/realm/keys", issuer::keys);
    server.createContext("/realm/token", issuer::token);
    server.start();
    return issuer;
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/realm");
  }

  /** As it was at the start. */
  void behave() {
    bent = claims -> {};
    signing = this::signed;
    bentDocument = document -> {};
    silent = false;
    published = List.of(key);
  }

  /** The claims of its tokens from now on. */
  public void bend(Consumer<JWTClaimsSet.Builder> change) {
    bent = change;
  }

  void sign(Function<JWTClaimsSet, String> how) {
    signing = how;
  }

  void bendDocument(Consumer<ObjectNode> change) {
    bentDocument = change;
  }

  void publish(JWK... keys) {
    published = List.of(keys);
  }

  /** Takes questions and never answers. */
  void fallSilent() {
    silent = true;
  }

  /** Signs by a key that it did not have before. */
  void rotate() {
    key = newKey();
    published = List.of(key);
  }

  ECKey key() {
    return key;
  }

  int keyReads() {
    return keyReads.get();
  }

  int documentReads() {
    return documentReads.get();
  }

  /** What a browser does there, somebody signing in: where it is sent back to. */
  public URI signIn(URI request) {
    return signIn(request, "iss", address().toString());
  }

  /** The same with other parameters: name, value, … */
  public URI signIn(URI request, String... parameters) {
    Map<String, String> asked = query(request.getRawQuery());
    String code = UUID.randomUUID().toString();
    grants.put(code, new Grant(asked));
    StringBuilder back =
        new StringBuilder(asked.get("redirect_uri"))
            .append("?code=" + code + "&state=" + asked.get("state"));
    for (int i = 0; i < parameters.length; i += 2) {
      back.append("&" + parameters[i] + "=")
          .append(URLEncoder.encode(parameters[i + 1], StandardCharsets.UTF_8));
    }
    return URI.create(back.toString());
  }

  /** A token for programs. */
  public String accessToken(Consumer<JWTClaimsSet.Builder> change) {
    JWTClaimsSet.Builder claims = claims().audience(AUDIENCE);
    change.accept(claims);
    return signing.apply(claims.build());
  }

  private JWTClaimsSet.Builder claims() {
    Instant now = Instant.now();
    return new JWTClaimsSet.Builder()
        .issuer(address().toString())
        .subject("f3c1-77")
        .audience(CLIENT)
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plusSeconds(300)))
        .claim("preferred_username", "ada")
        .claim("roles", List.of("offline_access", "riffle-operator"));
  }

  String signed(JWTClaimsSet claims) {
    return signed(claims, key);
  }

  static String signed(JWTClaimsSet claims, ECKey by) {
    try {
      return signed(claims, JWSAlgorithm.ES256, by.getKeyID(), new ECDSASigner(by));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static String signed(JWTClaimsSet claims, JWSAlgorithm how, String kid, JWSSigner signer) {
    try {
      SignedJWT token = new SignedJWT(new JWSHeader.Builder(how).keyID(kid).build(), claims);
      token.sign(signer);
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static ECKey newKey() {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(UUID.randomUUID().toString()).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private void document(HttpExchange exchange) throws IOException {
    documentReads.incrementAndGet();
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document
        .put("issuer", address().toString())
        .put("authorization_endpoint", address() + "/authorize")
        .put("token_endpoint", address() + "/token")
        .put("jwks_uri", address() + "/keys")
        .put("end_session_endpoint", address() + "/end")
        .put("authorization_response_iss_parameter_supported", true);
    document.putArray("response_types_supported").add("code");
    document.putArray("subject_types_supported").add("public");
    document.putArray("id_token_signing_alg_values_supported").add("ES256");
    bentDocument.accept(document);
    answer(exchange, OK, document.toString());
  }

  private void keys(HttpExchange exchange) throws IOException {
    keyReads.incrementAndGet();
    answer(exchange, OK, new JWKSet(new ArrayList<>(published)).toString(false));
  }

  /** A code is taken once, of the client alone, and only with what it was asked for with. */
  private void token(HttpExchange exchange) throws IOException {
    Map<String, String> asked =
        query(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    if (!isOurs(exchange.getRequestHeaders().getFirst("Authorization"))) {
      answer(exchange, 401, error(ofWrongSecrets));
      return;
    }
    Grant grant = grants.remove(asked.getOrDefault("code", ""));
    boolean right =
        grant != null
            && grant.request().get("redirect_uri").equals(asked.get("redirect_uri"))
            && "S256".equals(grant.request().get("code_challenge_method"))
            && challenge(asked.get("code_verifier")).equals(grant.request().get("code_challenge"));
    if (!right) {
      answer(exchange, BAD_REQUEST, error("invalid_grant"));
      return;
    }
    JWTClaimsSet.Builder claims = claims().claim("nonce", grant.request().get("nonce"));
    bent.accept(claims);
    ObjectNode tokens =
        JsonNodeFactory.instance
            .objectNode()
            .put("access_token", "of-no-use")
            .put("token_type", "Bearer")
            .put("id_token", signing.apply(claims.build()));
    answer(exchange, OK, tokens.toString());
  }

  private static String error(String code) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("error", code)
        .put("error_description", "<b>what the provider says</b>")
        .toString();
  }

  /** Each half is encoded as of a form first (RFC 6749, 2.3.1). */
  private static boolean isOurs(String authorization) {
    String pair =
        URLEncoder.encode(CLIENT, StandardCharsets.UTF_8)
            + ":"
            + URLEncoder.encode(SECRET, StandardCharsets.UTF_8);
    String basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    return ("Basic " + basic).equals(authorization);
  }

  static String challenge(String verifier) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static Map<String, String> query(String raw) {
    Map<String, String> parameters = new HashMap<>();
    Arrays.stream(raw.split("&"))
        .map(pair -> pair.split("=", 2))
        .forEach(
            pair -> parameters.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    return parameters;
  }

  private void answer(HttpExchange exchange, int status, String json) throws IOException {
    try (exchange) {
      if (silent) {
        end.await();
      }
      byte[] body = json.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
