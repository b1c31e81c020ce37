package io.riffle.infra.client;

import io.riffle.infra.site.Endpoints;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** Admin clients of the stack's Kafka. */
public final class KafkaAdmin {
  private KafkaAdmin() {}

  /** Calls give up after five seconds. The caller closes it. */
  public static Admin open(Endpoints endpoints) {
    return Admin.create(
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
            endpoints.bootstrapServers(),
            AdminClientConfig.CLIENT_ID_CONFIG,
            "riffle-cli",
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
            5000,
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            5000));
  }
}
