package io.riffle.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/**
 * The meters of a program: its own, its JVM's, and series of MBeans. Safe for use by several
 * threads.
 */
public final class Meters implements AutoCloseable {
  private static final String OPEN_METRICS = "application/openmetrics-text";
  private static final String OPEN_METRICS_1 = OPEN_METRICS + "; version=1.0.0; charset=utf-8";
  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry;
  private final JvmGcMetrics collections = new JvmGcMetrics();

  private Meters(PrometheusMeterRegistry registry) {
    this.registry = registry;
  }

  /** A registry with the series that every program has. */
  public static Meters open() {
    Meters meters = new Meters(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    meters.bindJvm();
    MBeanSeries.addTo(meters.registry.getPrometheusRegistry());
    return meters;
  }

  private void bindJvm() {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    collections.bindTo(registry);
  }

  /** For meters of the program's own. */
  public MeterRegistry registry() {
    return registry;
  }

  /**
   * All series.
   *
   * @param accept HTTP's {@code Accept}: text format 0.0.4 unless it asks for OpenMetrics
   */
  public synchronized String scrape(String accept) {
    return registry.scrape(contentType(accept));
  }

  /** Changes several series at once: no scrape sees some of them twice, or not at all. */
  public synchronized void change(Runnable change) {
    change.run();
  }

  /** The content type of what {@link #scrape} gives. */
  public static String contentType(String accept) {
    return accept != null && accept.contains(OPEN_METRICS) ? OPEN_METRICS_1 : TEXT;
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }
}
