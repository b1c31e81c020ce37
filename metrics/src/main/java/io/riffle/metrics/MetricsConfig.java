package io.riffle.metrics;

import io.riffle.config.Settings;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Where a program answers Prometheus.
 *
 * @param listen {@code metrics.listen}, such as {@code 127.0.0.1:9404}; none: it does not answer
 */
public record MetricsConfig(Optional<InetSocketAddress> listen) {

  /** Reads {@code metrics.listen}. */
  public static MetricsConfig from(Settings settings) {
    return new MetricsConfig(settings.listenAddress("metrics.listen"));
  }
}
