package io.riffle.producer.rif;

/**
 * A run of whole records.
 *
 * @param start first byte, counted in the (decompressed) file from 0
 * @param end byte after the last one
 * @param line line number of the first row; the header row is line 1
 * @param firstRecord number of the first record within the file, from 1
 */
public record PlannedSplit(
    long start, long end, long line, long firstRecord, long records, long rows) {}
