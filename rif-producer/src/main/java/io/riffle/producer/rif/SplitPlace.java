package io.riffle.producer.rif;

import io.riffle.schemas.control.Version;

/**
 * Where a split stands.
 *
 * @param file the ledger's number of the file
 * @param attempt the load of the file
 * @param first version of the split's first record; the others count up from it
 * @param line line number of the split's first row
 */
public record SplitPlace(long file, int attempt, Version first, long line) {}
