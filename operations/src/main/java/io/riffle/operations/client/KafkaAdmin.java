package io.riffle.operations.client;

import io.riffle.operations.site.Endpoints;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** Admin clients of the stack's Kafka. */
public final class KafkaAdmin {
  private static final Duration PROBE = Duration.ofSeconds(5);

  private KafkaAdmin() {}

  /** For probes: calls give up after five seconds. The caller closes it. */
  public static Admin open(Endpoints endpoints) {
    return open(endpoints, PROBE);
  }

  /** Calls give up after {@code patience}. The caller closes it. */
  public static Admin open(Endpoints endpoints, Duration patience) {
    int millis = Math.toIntExact(patience.toMillis());
    return Admin.create(
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
            endpoints.bootstrapServers(),
            AdminClientConfig.CLIENT_ID_CONFIG,
            "riffle-cli",
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
            millis,
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            millis));
  }
}
