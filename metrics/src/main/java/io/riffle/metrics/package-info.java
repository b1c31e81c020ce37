/**
 * What a program tells Prometheus. {@link io.riffle.metrics.Meters} is where to start: a registry
 * with the JVM's series and those of MBeans, to which a program adds its own meters; {@link
 * io.riffle.metrics.MetricsServer} answers {@code GET /metrics}.
 *
 * <p>No label and no value is ever taken from a record: labels are names of sets, parts, tables,
 * topics, results, causes.
 */
package io.riffle.metrics;
