package io.riffle.cdc.archive;

/**
 * Where an event stands in the source.
 *
 * @param epoch grows when slot, timeline or system identifier of the source change
 * @param commit position of the last commit before it; null where none was known
 * @param lsn position in the source's log; null where none was told
 */
record Position(int epoch, Long commit, Long lsn) {}
