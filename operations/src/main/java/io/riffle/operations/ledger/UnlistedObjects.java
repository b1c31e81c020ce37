package io.riffle.operations.ledger;

import java.util.List;

/**
 * Objects of the bucket that no manifest lists, as of the scanner's last look.
 *
 * @param count how many there are
 * @param first the first of them, by key
 */
public record UnlistedObjects(long count, List<UnlistedObject> first) {

  public UnlistedObjects {
    first = List.copyOf(first);
  }
}
