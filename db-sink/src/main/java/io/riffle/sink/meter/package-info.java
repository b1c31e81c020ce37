/**
 * What the sink counts: {@link io.riffle.sink.meter.SinkMeters}, once a batch, and {@link
 * io.riffle.sink.meter.MetricsExtension}, by which a worker shows it to Prometheus. Labels are
 * names of tables, connectors and results, never anything of a record.
 */
package io.riffle.sink.meter;
