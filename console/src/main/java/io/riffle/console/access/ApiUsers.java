package io.riffle.console.access;

import io.riffle.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Programs send a password with each request. What was right a moment ago is not checked again, for
 * that takes long; what is kept of it is a code made with a key that nobody has.
 */
final class ApiUsers {
  private static final String CODE = "HmacSHA256";
  private static final Duration KEPT = Duration.ofSeconds(60);
  private static final int MOST = 1_000;
  private static final int TURNS = 64;

  private final SignIn signIn;
  private final Clock clock;
  private final byte[] key = new byte[32];
  private final Object[] turns = Stream.generate(Object::new).limit(TURNS).toArray();
  private final Map<String, Instant> right = new ConcurrentHashMap<>();

  ApiUsers(SignIn signIn, Clock clock) {
    this.signIn = signIn;
    this.clock = clock;
    new SecureRandom().nextBytes(key);
  }

  /** One at a time of the same: a program that begins with many requests makes one attempt. */
  SignIn.Outcome check(String name, String password, String address) {
    String code = code(name, password);
    synchronized (turns[Math.floorMod(code.hashCode(), turns.length)]) {
      return check(code, name, password, address);
    }
  }

  private SignIn.Outcome check(String code, String name, String password, String address) {
    Instant until = right.get(code);
    if (until != null && until.isAfter(clock.instant())) {
      return SignIn.Outcome.RIGHT;
    }
    SignIn.Outcome outcome = signIn.check(name, password.toCharArray(), address);
    if (outcome == SignIn.Outcome.RIGHT) {
      right.values().removeIf(time -> time.isBefore(clock.instant()));
      if (right.size() < MOST) {
        right.put(code, clock.instant().plus(KEPT));
      }
    }
    return outcome;
  }

  private String code(String name, String password) {
    try {
      Mac mac = Mac.getInstance(CODE);
      mac.init(new SecretKeySpec(key, CODE));
      mac.update(name.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      mac.update(signIn.hash(name).map(Secret::reveal).orElse("").getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      return Base64.getEncoder()
          .encodeToString(mac.doFinal(password.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK lacks " + CODE, e);
    }
  }
}
