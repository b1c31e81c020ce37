package io.riffle.operations.client;

import io.riffle.operations.site.Endpoints;
import java.time.Duration;
import java.util.HashMap;
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
    Map<String, Object> config = new HashMap<>(endpoints.kafkaClient());
    config.put(AdminClientConfig.CLIENT_ID_CONFIG, "riffle-cli");
    config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
    config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
    return Admin.create(config);
  }
}
