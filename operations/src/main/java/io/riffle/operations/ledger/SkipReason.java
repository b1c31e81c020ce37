package io.riffle.operations.ledger;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Why an operator skips a file, in words that stay beside it: on one line, never a value of a
 * record.
 */
public record SkipReason(String text) {

  /** Most characters, as {@code riffle.skip_files} takes. */
  public static final int LONGEST = 500;

  /** What could break the line, or move the text around it. */
  private static final Pattern UNSEEN =
      Pattern.compile("[\\s\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]+");

  /**
   * Of what somebody typed.
   *
   * @return empty when it says nothing or is too long
   */
  public static Optional<SkipReason> of(String typed) {
    String line = UNSEEN.matcher(typed).replaceAll(" ").strip();
    boolean fits = !line.isEmpty() && line.codePointCount(0, line.length()) <= LONGEST;
    return fits ? Optional.of(new SkipReason(line)) : Optional.empty();
  }
}
