package io.riffle.sink;

import io.riffle.schemas.registry.RegistryConfig;
import io.riffle.schemas.registry.SchemaRegistry;
import io.riffle.schemas.topics.Topics;
import io.riffle.sink.replay.MergeReplay;
import io.riffle.sink.replay.ReplayEnd;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** Runs a replay in a process of its own, which a test may kill. */
final class ReplayMain {
  private ReplayMain() {}

  /** A file with the properties of the sink, and the keys set and replay. */
  public static void main(String[] arguments) throws IOException {
    Properties read = new Properties();
    try (InputStream in = Files.newInputStream(Path.of(arguments[0]))) {
      read.load(in);
    }
    Map<String, String> properties = new HashMap<>();
    read.forEach((key, value) -> properties.put(key.toString(), value.toString()));
    Topics topics = new Topics(properties.remove("set"));
    long replay = Long.parseLong(properties.remove("replay"));
    URI registry = URI.create(properties.get("registry.url"));
    ReplayEnd end =
        MergeReplay.run(
            ReplayFixture.settings(
                10,
                topics,
                properties,
                properties.get("kafka.bootstrap.servers"),
                SchemaRegistry.connect(RegistryConfig.at(registry))),
            replay,
            progress -> {});
    System.exit(end instanceof ReplayEnd.Done ? 0 : 1);
  }
}
