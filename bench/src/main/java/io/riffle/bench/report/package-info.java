/**
 * Figures of all rounds, as text for people and JSON for programs. Start at {@link
 * io.riffle.bench.report.RifReport} and {@link io.riffle.bench.report.ScaleReport}: the names of
 * their components are the names in the JSON.
 */
package io.riffle.bench.report;
