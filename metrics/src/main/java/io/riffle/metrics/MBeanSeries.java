package io.riffle.metrics;

import io.prometheus.jmx.JmxCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import javax.management.MalformedObjectNameException;

/** Series of the JVM's MBeans, by the rules of {@code mbeans.yaml}. */
final class MBeanSeries {
  private static final String RULES = "mbeans.yaml";

  private MBeanSeries() {}

  static void addTo(PrometheusRegistry registry) {
    try (InputStream rules = MBeanSeries.class.getResourceAsStream(RULES)) {
      String text = new String(rules.readAllBytes(), StandardCharsets.UTF_8);
      new JmxCollector(text).register(registry);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (MalformedObjectNameException e) {
      throw new IllegalStateException("a wrong name in " + RULES, e);
    }
  }
}
