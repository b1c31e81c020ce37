/**
 * {@code riffle bench}: what a load costs, beside bare COPY of the same rows. Start at {@code
 * cli.RifCommand}; a measured run goes through the packages chain, data, load, copy, meter, round
 * and report.
 */
package io.riffle.bench;
