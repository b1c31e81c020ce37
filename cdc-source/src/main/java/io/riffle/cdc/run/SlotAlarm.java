package io.riffle.cdc.run;

import io.riffle.cdc.ledger.SlotNote;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Raised while a source keeps more than half of the log that it may keep for a slot: when it has
 * all of that, it gives the slot up, and changes are lost. For one thread.
 */
final class SlotAlarm {
  private static final Logger log = LoggerFactory.getLogger(SlotAlarm.class);
  private static final int MEGABYTE = 1 << 20;

  private final String source;
  private Optional<String> raised = Optional.empty();

  SlotAlarm(String source) {
    this.source = source;
  }

  /** The slot was looked at; the log is told when the alarm begins. */
  void seen(SlotNote slot) {
    Optional<String> before = raised;
    raised = slot.safeBytes().flatMap(safe -> text(slot.retainedBytes(), safe));
    if (raised.isPresent() && before.isEmpty()) {
      log.atWarn().addKeyValue("source", source).addKeyValue("slot", slot.slot()).log(raised.get());
    }
  }

  /** What is to be told; none while there is nothing to fear, or no limit. */
  Optional<String> text() {
    return raised;
  }

  /** What may still be written gets negative shortly before the slot is lost. */
  private static Optional<String> text(long retained, long safe) {
    if (retained <= safe) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "the source keeps %d MB of log for the slot, more than half of what it may (%d MB): with all of it the slot is lost",
            retained / MEGABYTE,
            (retained + Math.max(0, safe)) / MEGABYTE));
  }
}
