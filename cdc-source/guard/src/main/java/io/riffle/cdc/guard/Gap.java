package io.riffle.cdc.guard;

/**
 * Changes are, or may be, lost between what was read and what the slot has.
 *
 * @param text names objects and positions, never values
 */
public record Gap(Reason reason, String text) {
  /** Why. */
  public enum Reason {
    /** There is no such slot. */
    SLOT_MISSING,
    /** The server threw away log that the slot needed. */
    SLOT_LOST,
    /** The slot begins after what was read last: it was made again, or advanced. */
    SLOT_AHEAD,
    /** Another server, or one restored from elsewhere. */
    OTHER_SYSTEM,
    /** A failover or a restore: positions of its log repeat. */
    OTHER_TIMELINE
  }

  @Override
  public String toString() {
    return reason + ": " + text;
  }
}
