package io.riffle.infra.setup;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.riffle.operations.client.Rest;
import io.riffle.operations.generation.SetTopics;
import io.riffle.operations.site.Endpoints;
import io.riffle.schemas.layout.Layouts;
import io.riffle.schemas.topics.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** The connector that writes the set's merged topics, or its new configuration. */
final class CreateSink implements SetupStep {
  @Override
  public String name() {
    return "create the sink connector";
  }

  @Override
  public void run(Endpoints endpoints) throws IOException, InterruptedException, SQLException {
    Topics topics = SetTopics.of(endpoints);
    URI config =
        endpoints.connectUrl().resolve("/connectors/" + topics.sinkConnector() + "/config");
    Rest.sendJson("PUT", config, new ObjectMapper().writeValueAsString(config(endpoints, topics)));
  }

  private static Map<String, String> config(Endpoints endpoints, Topics topics) throws IOException {
    Map<String, String> config = fixedPart();
    config.put("name", topics.sinkConnector());
    config.put("topics", String.join(",", topicNames(topics, endpoints.loadLayouts())));
    config.put("riffle.set", topics.set());
    config.put("riffle.deployment", endpoints.deployment());
    config.put("tables.schema", Endpoints.TABLES_SCHEMA);
    config.put("database.url", endpoints.jdbcUrl());
    config.put("database.user", endpoints.postgresUser());
    config.put("registry.url", endpoints.registryUrl().toString());
    config.put("kafka.bootstrap.servers", endpoints.bootstrapServers());
    endpoints.layouts().ifPresent(at -> config.put(Layouts.FOLDER_KEY, at.toString()));
    return config;
  }

  /** What the sink reads; a topic that several types share is named once. */
  static List<String> topicNames(Topics topics, Layouts layouts) {
    List<String> names = new ArrayList<>();
    layouts.all().stream().map(topics::merged).distinct().forEach(names::add);
    names.add(topics.parked());
    names.add(topics.rejects());
    return names;
  }

  private static Map<String, String> fixedPart() throws IOException {
    Properties properties = new Properties();
    try (InputStream in = CreateSink.class.getResourceAsStream("db-sink.properties")) {
      properties.load(in);
    }
    Map<String, String> config = new TreeMap<>();
    properties.forEach((key, value) -> config.put(key.toString(), value.toString()));
    return config;
  }
}
