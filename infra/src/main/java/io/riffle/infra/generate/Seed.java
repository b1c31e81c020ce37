package io.riffle.infra.generate;

import java.util.SplittableRandom;

/** Where all values come from: the same seed, purpose and number give the same draws. */
record Seed(long seed) {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final long ODD = 0xC2B2AE3D27D4EB4FL;

  /** Draws that no other purpose or number sees. */
  SplittableRandom random(String purpose, long n) {
    return new SplittableRandom((seed * GOLDEN + purpose.hashCode()) ^ (n * ODD));
  }

  /** The same for a person's year. */
  SplittableRandom random(String purpose, long n, int year) {
    return random(purpose + year, n);
  }
}
