package io.riffle.schemas.control;

/**
 * Where a delivered record came from. First field of every data record on the raw topics.
 *
 * @param file the ledger's number of the file ({@code riffle.files.file_id})
 * @param attempt the load of the file that delivered the record, from 1
 * @param version the record's version
 * @param line line of the file at which the record starts; the header row is line 1
 * @param rows rows of the file that make up the record
 */
public record Origin(long file, int attempt, Version version, long line, int rows) {}
