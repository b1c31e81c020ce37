package io.riffle.operations.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A replay as the ledger has it.
 *
 * @param scope how it was asked for
 * @param keys how many keys it is limited to; empty: all
 * @param state PLANNED, RUNNING, DONE, FAILED or CANCELLED
 * @param detail why, or what a rebuild does or waits for, where there is something to say
 * @param runAt begin of the newest run
 * @param beatAge since the last sign of life of who runs it, by the database's clock
 * @param planned offsets in its ranges
 * @param done offsets behind it
 * @param written records whose rows were written or deleted
 * @param kept records whose rows were as new or newer
 * @param rejected records that the database refused
 * @param rate offsets per second of the newest run; 0 when not known
 */
public record ReplayStatus(
    long id,
    ReplayMode mode,
    String scope,
    String type,
    String topic,
    boolean forced,
    Optional<Long> keys,
    String state,
    Optional<String> detail,
    String plannedBy,
    Instant plannedAt,
    Optional<Instant> runAt,
    Optional<Duration> beatAge,
    Optional<Instant> endedAt,
    boolean dropped,
    long planned,
    long done,
    long written,
    long kept,
    long rejected,
    double rate) {
  private static final Duration SILENCE = Duration.ofSeconds(30);

  /** Whether somebody should be running it. */
  public boolean isRunning() {
    return state.equals("RUNNING");
  }

  /** Running, and nobody was heard of for long: its process was killed, most likely. */
  public boolean isSilent() {
    return isRunning() && beatAge.filter(age -> age.compareTo(SILENCE) > 0).isPresent();
  }

  /** What is left at this rate; empty when it does not run, or nothing is known. */
  public Optional<Duration> left() {
    return isRunning() && rate > 0 && mode != ReplayMode.REINGEST
        ? Optional.of(Duration.ofSeconds(Math.round((planned - done) / rate)))
        : Optional.empty();
  }
}
