package io.riffle.samples.rows;

import java.util.SplittableRandom;

/** Where all values come from: the same seed, purpose and number give the same draws. */
public record Draws(long seed) {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final long ODD = 0xC2B2AE3D27D4EB4FL;

  /** Draws that no other purpose or number sees. */
  public SplittableRandom random(String purpose, long n) {
    return new SplittableRandom((seed * GOLDEN + purpose.hashCode()) ^ (n * ODD));
  }

  /** Seeds of a part of the whole. */
  public Draws of(String part) {
    return new Draws(random(part, 0).nextLong());
  }
}
