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
  static final String LISTEN = "metrics.listen";

  /** Reads {@code metrics.listen}. */
  public static MetricsConfig from(Settings settings) {
    return new MetricsConfig(settings.listenAddress(LISTEN));
  }

  /** As it is written in a configuration; empty without one. */
  String listenText() {
    return listen.map(address -> address.getHostString() + ":" + address.getPort()).orElse("");
  }
}
