/**
 * {@code riffle bench cdc}: how fresh staging tables are while a source changes, and what a first
 * snapshot takes beside a copy of the table by {@code pg_dump} and {@code psql}. Start at {@link
 * io.riffle.bench.cdc.CdcBench}.
 */
package io.riffle.bench.cdc;
