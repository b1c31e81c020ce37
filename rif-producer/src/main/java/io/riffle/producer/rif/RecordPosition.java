package io.riffle.producer.rif;

/**
 * Where a record stands in its file.
 *
 * @param number of the record, from 1; the record's version has the same
 * @param line of its first row; the header row is line 1
 * @param rows it is made of
 */
public record RecordPosition(long number, long line, long rows) {}
