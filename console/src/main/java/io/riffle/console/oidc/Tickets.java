package io.riffle.console.oidc;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What waits for a browser to come back, by a ticket in a cookie of that browser alone. A ticket is
 * taken once and for a while only; of too many the oldest are forgotten. Safe for use by several
 * threads.
 */
final class Tickets<T> {
  private static final int BYTES = 32;

  private final int most;
  private final Duration lifetime;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Held<T>> waiting = new LinkedHashMap<>(); // the oldest first

  private record Held<T>(T value, Instant until) {}

  Tickets(int most, Duration lifetime, Clock clock) {
    this.most = most;
    this.lifetime = lifetime;
    this.clock = clock;
  }

  /** Keeps something; the ticket is nobody's but the browser's. */
  synchronized String keep(T value) {
    forget();
    byte[] noise = new byte[BYTES];
    random.nextBytes(noise);
    String ticket = Base64.getUrlEncoder().withoutPadding().encodeToString(noise);
    waiting.put(ticket, new Held<>(value, clock.instant().plus(lifetime)));
    return ticket;
  }

  /** Takes it away if it is what is meant; else it stays for whom it is. */
  synchronized Optional<T> take(String ticket, Predicate<T> isMeant) {
    Held<T> held = ticket == null ? null : waiting.get(ticket);
    if (held == null || isOver(held) || !isMeant.test(held.value())) {
      return Optional.empty();
    }
    waiting.remove(ticket);
    return Optional.of(held.value());
  }

  private void forget() {
    Iterator<Held<T>> oldest = waiting.values().iterator();
    while (oldest.hasNext() && (isOver(oldest.next()) || waiting.size() >= most)) {
      oldest.remove();
    }
  }

  private boolean isOver(Held<T> held) {
    return !clock.instant().isBefore(held.until());
  }
}
