package io.riffle.lease;

import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One that holds the lease, or wants to.
 *
 * @param holder the deployment, whose processes hold the lease together, or a borrower
 * @param member the process, or part of one, within the holder; no two have the same name
 * @param lifetime so long the holder may be silent before somebody else may replace it
 */
public record LeaseParty(String holder, String member, Duration lifetime) {
  /** The lifetime where nobody asks for another one. */
  public static final Duration USUAL_LIFETIME = Duration.ofSeconds(30);

  private static final int LONGEST_NAME = 255;

  public LeaseParty {
    if (!isName(holder) || !isName(member)) {
      throw new IllegalArgumentException("holder and member have 1 to 255 characters");
    }
    if (lifetime.isNegative() || lifetime.isZero()) {
      throw new IllegalArgumentException("a lifetime is longer than nothing");
    }
  }

  /**
   * A member of its own: one that was killed and comes back is another one.
   *
   * @param part what it is within the holder, for people
   */
  public static LeaseParty of(String holder, String part, Duration lifetime) {
    String unique = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    return new LeaseParty(holder, part + "/" + unique, lifetime);
  }

  /** How often to renew. */
  public Duration renewal() {
    return lifetime.dividedBy(3);
  }

  private static boolean isName(String text) {
    return !text.isBlank() && text.length() <= LONGEST_NAME;
  }
}
