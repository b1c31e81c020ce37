package io.riffle.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.riffle.config.ConfigException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * The meters of a program from its start to its end, and the server that shows them where one is
 * wanted. Meters are there in any case, so that nobody has to ask. Safe for use by several threads.
 */
public final class ProgramMetrics implements AutoCloseable {
  private final Meters meters;
  private final Optional<MetricsServer> server;

  private ProgramMetrics(Meters meters, Optional<MetricsServer> server) {
    this.meters = meters;
    this.server = server;
  }

  /**
   * Begins to answer at {@code metrics.listen}, if that is given.
   *
   * @throws ConfigException when it cannot listen there, as when the port is taken
   */
  public static ProgramMetrics start(MetricsConfig config) {
    Meters meters = Meters.open();
    try {
      return new ProgramMetrics(
          meters, config.listen().map(listen -> MetricsServer.start(meters, listen)));
    } catch (UncheckedIOException e) {
      meters.close();
      throw new ConfigException(
          MetricsConfig.LISTEN, config.listenText(), "cannot be listened at: " + reason(e));
    }
  }

  private static String reason(UncheckedIOException e) {
    return e.getCause().getMessage();
  }

  /** For meters of the program's own. */
  public MeterRegistry registry() {
    return meters.registry();
  }

  /** Where it answers; empty when it was not told to. */
  public Optional<InetSocketAddress> address() {
    return server.map(MetricsServer::address);
  }

  @Override
  public void close() {
    server.ifPresent(MetricsServer::close);
    meters.close();
  }
}
