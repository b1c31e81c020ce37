package io.riffle.producer.hash;

import io.riffle.config.ConfigException;
import io.riffle.config.ConfigProblem;
import io.riffle.failure.Backoff;
import io.riffle.failure.Failures;
import io.riffle.failure.Pause;
import io.riffle.producer.ledger.HashLedger;
import io.riffle.producer.ledger.LedgerException;
import io.riffle.producer.ledger.LedgerUnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Whether this program hashes as those before it did. With another pepper every person would seem
 * to have become another one, and the history of all of them would say so.
 */
public final class HashCheck {

  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(500), Duration.ofSeconds(10));

  /** Longer than any Medicare number, so that its hash tells of nobody. */
  private static final String TEXT = "the pepper and the rounds of this database";

  private HashCheck() {}

  /**
   * Waits for the database, however long it refuses, and compares.
   *
   * @param pause told while the database is waited for
   * @throws ConfigException when the hashes in the database are made otherwise
   */
  public static void require(HashConfig config, HashLedger ledger, Pause pause) {
    String value = new String(new KeyedHash(config).of(TEXT), StandardCharsets.US_ASCII);
    Optional<Boolean> agrees = ask(ledger, value, pause);
    while (agrees.isEmpty()) {
      LockSupport.parkNanos(BACKOFF.pause(pause.getFailures()).toNanos());
      agrees = ask(ledger, value, pause);
    }
    pause.succeeded();
    if (!agrees.get()) {
      throw new ConfigException(List.of(differs()));
    }
  }

  /** Empty while the database does not answer. */
  private static Optional<Boolean> ask(HashLedger ledger, String value, Pause pause) {
    try {
      return Optional.of(ledger.agrees(value));
    } catch (LedgerUnavailableException | LedgerException e) {
      pause.failed(Failures.of(e).orElseThrow());
      return Optional.empty();
    }
  }

  private static ConfigProblem differs() {
    return new ConfigProblem(
        "hash.pepper",
        "",
        "with hash.iterations it gives other hashes than those in the database; people loaded with"
            + " both would have two sets of hashes");
  }
}
