package io.riffle.sink.rebuild;

import java.util.List;

/**
 * A table that is built.
 *
 * @param name without its schema, the live one's too
 * @param columns of its COPY rows
 * @param hash of a row, in SQL: what {@link TableSums} computes from the records
 * @param key the columns that tell its rows apart, as far as records do
 * @param unlike columns whose values no record decides
 */
record ShadowTable(
    String name, List<String> columns, String hash, List<String> key, List<String> unlike) {}
