package io.riffle.sink;

import io.riffle.config.Secret;
import io.riffle.schemas.avro.RecordSchemas;
import io.riffle.schemas.layout.Layouts;
import io.riffle.schemas.topics.Topics;
import io.riffle.sink.rebuild.Rebuild;
import io.riffle.sink.rebuild.RebuildSettings;
import io.riffle.sink.rebuild.SwapHook;
import io.riffle.sink.rebuild.TopicRange;
import io.riffle.sink.record.SinkTopic;
import io.riffle.sink.write.DatabaseConfig;
import io.riffle.testing.InMemoryRegistry;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.TopicPartition;

/** A rebuild of CARRIER in a JVM of its own, so that it can be killed. */
final class RebuildProcess {
  private RebuildProcess() {}

  static Process start(List<String> arguments, String jvmOption, Path folder) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx300m", "-XX:TieredStopAtLevel=1", jvmOption, "-cp"));
    command.addAll(List.of(System.getProperty("java.class.path"), RebuildProcess.class.getName()));
    command.addAll(arguments);
    File log = folder.resolve("rebuild.log").toFile();
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
        .start();
  }

  /** Arguments are those of {@link RebuildFixture#arguments}. */
  public static void main(String[] arguments) throws InterruptedException {
    InMemoryRegistry registry = new InMemoryRegistry();
    registry.register("claims", RecordSchemas.merged(SinkFixture.CARRIER)); // as the test did
    DatabaseConfig database =
        new DatabaseConfig(
            arguments[1],
            arguments[2],
            Secret.of("any"),
            "ccw",
            "test",
            Duration.ofSeconds(5),
            Duration.ofSeconds(60),
            Duration.ofSeconds(90));
    Topics topics = new Topics(arguments[4]);
    String name = topics.merged(SinkFixture.CARRIER);
    List<TopicRange> ranges = new ArrayList<>();
    for (int i = 6; i < arguments.length; i++) {
      TopicPartition partition = new TopicPartition(name, i - 6);
      long to = Long.parseLong(arguments[i]);
      ranges.add(new TopicRange(partition, UUID.fromString(arguments[5]), 0, to));
    }
    RebuildSettings settings =
        new RebuildSettings(
            database,
            Map.of("bootstrap.servers", arguments[3]),
            RebuildFixture.CONNECTOR,
            2,
            100,
            32 << 20,
            RebuildFixture.PROMPT);
    SinkTopic topic = SinkTopic.of(name, topics, Layouts.load()).orElseThrow();
    new Rebuild(Long.parseLong(arguments[0]), topic, ranges, settings, registry)
        .run(progress -> {}, SwapHook.NONE);
  }
}
