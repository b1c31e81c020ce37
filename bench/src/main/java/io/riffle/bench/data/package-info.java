/**
 * The data of a round: generated files of keys that were never used before, and how many rows they
 * are to become. Start at {@link io.riffle.bench.data.DataSets}.
 */
package io.riffle.bench.data;
