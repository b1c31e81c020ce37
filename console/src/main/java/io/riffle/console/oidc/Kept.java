package io.riffle.console.oidc;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * What a provider said, kept for a while. That it failed is kept, too, for a moment: not everybody
 * waits for one that is away. Safe for use by several threads; who finds it fresh waits for nobody.
 */
final class Kept<T> {
  /** Between two questions that something new made necessary, and after a failure. */
  static final Duration PAUSE = Duration.ofSeconds(10);

  private final Supplier<T> source;
  private final Duration lifetime;
  private final Clock clock;
  private volatile Held<T> held;
  private Held<Refusal> failure;

  private record Held<T>(T value, Instant at) {}

  /**
   * @param source throws {@link OidcException} when it fails
   * @param lifetime after which it is asked again
   */
  Kept(Supplier<T> source, Duration lifetime, Clock clock) {
    this.source = source;
    this.lifetime = lifetime;
    this.clock = clock;
  }

  /** What was said within the lifetime. */
  T get() {
    Held<T> now = held;
    return isYounger(now, lifetime) ? now.value() : ask(lifetime);
  }

  /** What is said now, unless that was a moment ago. */
  T anew() {
    return ask(PAUSE);
  }

  private synchronized T ask(Duration oldest) {
    if (isYounger(held, oldest)) {
      return held.value();
    }
    if (isYounger(failure, PAUSE)) {
      throw new OidcException(failure.value());
    }
    try {
      held = new Held<>(source.get(), clock.instant());
      return held.value();
    } catch (OidcException e) {
      failure = new Held<>(e.refusal(), clock.instant());
      throw e;
    }
  }

  private boolean isYounger(Held<?> one, Duration age) {
    return one != null && clock.instant().isBefore(one.at().plus(age));
  }
}
