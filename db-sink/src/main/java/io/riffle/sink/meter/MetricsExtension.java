package io.riffle.sink.meter;

import io.micrometer.core.instrument.Metrics;
import io.riffle.metrics.Meters;
import java.util.Map;
import org.apache.kafka.connect.rest.ConnectRestExtension;
import org.apache.kafka.connect.rest.ConnectRestExtensionContext;

/**
 * {@code GET /metrics} of a worker, on its REST port: the sink's meters, the JVM's, and those of
 * Connect's and Debezium's MBeans. Named in the worker's {@code rest.extension.classes}; without it
 * tasks count to no purpose and at no cost.
 *
 * <p>The worker loads all classes of a plug-in folder by one loader, so that the registry of this
 * class is the one that the tasks beside it count in.
 */
public final class MetricsExtension implements ConnectRestExtension {
  private final Meters meters = Meters.open();

  @Override
  public void register(ConnectRestExtensionContext context) {
    Metrics.addRegistry(meters.registry());
    context.configurable().register(new MetricsResource(meters));
  }

  @Override
  public void configure(Map<String, ?> settings) {
    // Nothing to be told: where the worker listens, it answers.
  }

  @Override
  public String version() {
    String version = MetricsExtension.class.getPackage().getImplementationVersion();
    return version == null ? "unknown" : version;
  }

  @Override
  public void close() {
    Metrics.removeRegistry(meters.registry());
    meters.close();
  }
}
