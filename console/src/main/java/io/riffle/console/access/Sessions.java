package io.riffle.console.access;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Who is signed in, in memory: a restart signs everybody out. Safe for use by several threads. */
public final class Sessions {
  private static final int BYTES = 32;
  private static final int MOST = 10_000;

  private final Duration lifetime;
  private final Duration idle;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Session> byId = new ConcurrentHashMap<>();

  /**
   * @param lifetime after which everybody signs in again
   * @param idle without a request for so long, it ends
   */
  public Sessions(Duration lifetime, Duration idle, Clock clock) {
    this.lifetime = lifetime;
    this.idle = idle;
    this.clock = clock;
  }

  /** A new one, with an id that nobody guesses. */
  public Session begin(String name, Role role, Credential credential) {
    byId.values().removeIf(this::isOver);
    if (byId.size() >= MOST) {
      throw new IllegalStateException("too many sessions");
    }
    Instant now = clock.instant();
    Session session = new Session(noise(), name, role, noise(), credential, now, now);
    byId.put(session.id(), session);
    return session;
  }

  /** The session of that id, if it is still one. */
  public Optional<Session> find(String id) {
    Session session = id == null ? null : byId.get(id);
    if (session == null) {
      return Optional.empty();
    }
    if (isOver(session)) {
      byId.remove(id);
      return Optional.empty();
    }
    return Optional.ofNullable(byId.computeIfPresent(id, (same, s) -> s.seenAt(clock.instant())));
  }

  /** Signs out. */
  public Optional<Session> end(String id) {
    return Optional.ofNullable(byId.remove(id));
  }

  private boolean isOver(Session session) {
    Instant now = clock.instant();
    return session.since().plus(lifetime).isBefore(now) || session.seen().plus(idle).isBefore(now);
  }

  private String noise() {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
