package io.riffle.infra.chain.pages;

import io.riffle.infra.generate.GenerateRequest;

/**
 * Keys of generated records that follow each other, as SQL has them. Keys are negative, and go
 * down.
 *
 * @param first number of the first record
 */
record Keys(String column, long first, int records) {

  /** The key of the record with this number in the file, from 1. */
  long of(int record) {
    return GenerateRequest.key(first + record - 1);
  }

  /** A condition that holds for all of them. */
  String all() {
    return some(1, records);
  }

  /** A condition that holds for some that follow each other. */
  String some(int from, int count) {
    return "%s BETWEEN %d AND %d".formatted(column, of(from + count - 1), of(from));
  }
}
