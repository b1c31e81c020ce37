package io.riffle.cdc.guard;

import io.riffle.cdc.guard.Gap.Reason;
import java.util.Locale;
import java.util.Optional;

/** The rule: what a slot will send next must not be after what was read last. Has no state. */
public final class GapCheck {
  private GapCheck() {}

  /**
   * Looks for a gap.
   *
   * @param read position that was stored with what was read last; none before anything was
   */
  public static Optional<Gap> find(Expected expected, SlotState state, Optional<Long> read) {
    if (!state.system().equals(expected.system())) {
      return gap(
          Reason.OTHER_SYSTEM,
          "the server's system identifier is %s, it was %s",
          state.system(),
          expected.system());
    }
    if (state.timeline() != expected.timeline()) {
      return gap(
          Reason.OTHER_TIMELINE,
          "the server writes timeline %d, it was %d",
          state.timeline(),
          expected.timeline());
    }
    if (state.slot().isEmpty()) {
      return gap(Reason.SLOT_MISSING, "there is no slot %s", expected.slot());
    }
    return inSlot(expected, state.slot().get(), read);
  }

  private static Optional<Gap> inSlot(Expected expected, SlotState.Slot slot, Optional<Long> read) {
    if (slot.isLost()) {
      return gap(Reason.SLOT_LOST, "the server removed log that slot %s needed", expected.slot());
    }
    long known = read.orElse(expected.slotLsn());
    long next = slot.confirmedLsn().orElseThrow();
    return next > known
        ? gap(
            Reason.SLOT_AHEAD,
            "slot %s begins at %s, read was up to %s",
            expected.slot(),
            Lsn.text(next),
            Lsn.text(known))
        : Optional.empty();
  }

  private static Optional<Gap> gap(Reason reason, String text, Object... values) {
    return Optional.of(new Gap(reason, String.format(Locale.ROOT, text, values)));
  }
}
