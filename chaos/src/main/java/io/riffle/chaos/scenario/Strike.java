package io.riffle.chaos.scenario;

import java.time.Duration;
import java.util.Locale;

/**
 * A fault to inject.
 *
 * @param target a service without the set's name, or a table
 * @param before what goes by before it, after the one before it
 * @param length how long it lasts before it is healed
 * @param stays not healed before the next one has come, too
 */
public record Strike(
    FaultKind kind, String target, Duration before, Duration length, boolean stays) {

  /** For reports, such as {@code kill kafka}. */
  public String name() {
    return kind.text() + " " + target;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s after %d ms for %d ms%s",
        name(),
        before.toMillis(),
        length.toMillis(),
        stays ? ", and stays" : "");
  }
}
