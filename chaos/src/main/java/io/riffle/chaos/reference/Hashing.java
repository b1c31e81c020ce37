package io.riffle.chaos.reference;

import java.util.HexFormat;
import java.util.Map;

/**
 * How the stack of a run hashes Medicare numbers: no secret, since the numbers are invented.
 *
 * @param pepperDigits hexadecimal
 */
public record Hashing(String pepperDigits, int iterations) {

  /** The one of all runs: a stack that is kept goes on with it. */
  public static final Hashing USUAL = new Hashing("6e6f747468657265616c706570706572", 2);

  byte[] pepper() {
    return HexFormat.of().parseHex(pepperDigits);
  }

  /** What the stack's programs are told. */
  public Map<String, String> variables() {
    return Map.of(
        "RIFFLE_HASH_PEPPER", pepperDigits, "RIFFLE_HASH_ITERATIONS", Integer.toString(iterations));
  }
}
