/**
 * Bare COPY: the rows that Riffle has loaded, from files in table layout into tables with the same
 * columns, constraints and indexes. Start at {@link io.riffle.bench.copy.BareCopy}.
 */
package io.riffle.bench.copy;
