/**
 * Whether staging tables equal the tables of their source, for tests and demos. Start at {@link
 * io.riffle.samples.compare.StagingComparison}. Values are compared as the texts that Postgres
 * writes for them; no result has one.
 */
package io.riffle.samples.compare;
