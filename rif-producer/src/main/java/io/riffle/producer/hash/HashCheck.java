package io.riffle.producer.hash;

import io.riffle.config.ConfigException;
import io.riffle.config.ConfigProblem;
import io.riffle.producer.ledger.HashLedger;
import io.riffle.producer.ledger.LedgerUnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this program hashes as those before it did. With another pepper every person would seem
 * to have become another one, and the history of all of them would say so.
 */
public final class HashCheck {

  private static final Logger log = LoggerFactory.getLogger(HashCheck.class);
  private static final Duration PAUSE = Duration.ofSeconds(2);

  /** Longer than any Medicare number, so that its hash tells of nobody. */
  private static final String TEXT = "the pepper and the rounds of this database";

  private HashCheck() {}

  /**
   * Waits for the database, and compares.
   *
   * @throws ConfigException when the hashes in the database are made otherwise
   */
  public static void require(HashConfig config, HashLedger ledger) {
    String value = new String(new KeyedHash(config).of(TEXT), StandardCharsets.US_ASCII);
    Optional<Boolean> agrees = ask(ledger, value);
    while (agrees.isEmpty()) {
      LockSupport.parkNanos(PAUSE.toNanos());
      agrees = ask(ledger, value);
    }
    if (!agrees.get()) {
      throw new ConfigException(List.of(differs()));
    }
  }

  /** Empty while the database does not answer. */
  private static Optional<Boolean> ask(HashLedger ledger, String value) {
    try {
      return Optional.of(ledger.agrees(value));
    } catch (LedgerUnavailableException e) {
      log.atWarn().setCause(e).log("the ledger cannot be asked for its pepper, asking again");
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
