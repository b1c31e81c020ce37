package io.riffle.cdc.connector;

import java.time.Instant;
import java.util.Optional;

/**
 * Where a connector will read on: everything before is in committed transactions on the topics.
 *
 * @param lsn of the last commit
 * @param at when the source made that commit
 * @param snapshot under which signal Debezium reads a table; none when it thinks that it reads none
 */
public record StoredOffset(long lsn, Optional<Instant> at, Optional<String> snapshot) {}
