package io.riffle.sink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.riffle.testing.TestKafka;
import io.riffle.testing.TestRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What distributed workers and the connector that runs in them are told. */
final class ConnectSettings {
  static final String NAME = "main-db-sink";

  private ConnectSettings() {}

  /** Of the workers of a new group, with topics of its own. */
  static Map<String, String> worker(TestKafka kafka) {
    Map<String, String> properties = new HashMap<>();
    properties.put("bootstrap.servers", kafka.bootstrapServers());
    properties.put("group.id", kafka.uniqueName("connect"));
    for (String store : List.of("config", "offset", "status")) {
      properties.put(store + ".storage.topic", kafka.uniqueName(store));
      properties.put(store + ".storage.replication.factor", "1");
    }
    String bytes = "org.apache.kafka.connect.converters.ByteArrayConverter";
    properties.put("key.converter", bytes);
    properties.put("value.converter", bytes);
    properties.put("offset.storage.partitions", "1");
    properties.put("status.storage.partitions", "1");
    properties.put("scheduled.rebalance.max.delay.ms", "0");
    properties.put("plugin.discovery", "service_load");
    return properties;
  }

  /** The connector's, as JSON; {@code more} wins. */
  static String connector(
      SinkFixture sink, TestKafka kafka, TestRegistry registry, Map<String, String> more)
      throws JsonProcessingException {
    Map<String, String> config = SinkFixture.properties(sink.postgres);
    config.remove("name");
    config.put("connector.class", RiffleSinkConnector.class.getName());
    config.put("topics.regex", "main\\.(merged\\..*|rif\\.rejects)");
    config.put("registry.url", registry.url().toString());
    config.put("kafka.bootstrap.servers", kafka.bootstrapServers());
    config.putAll(more);
    return new ObjectMapper().writeValueAsString(config);
  }
}
