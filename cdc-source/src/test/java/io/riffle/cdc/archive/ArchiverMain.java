package io.riffle.cdc.archive;

import io.riffle.config.Secret;
import io.riffle.schemas.registry.RegistryConfig;
import io.riffle.schemas.registry.SchemaRegistry;
import io.riffle.schemas.topics.Topics;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** An archiver as a process of its own, so that it can be killed. */
final class ArchiverMain {
  private ArchiverMain() {}

  /** What {@link #main} wants. */
  static List<String> arguments(ArchiveFixture archive, URI registry, Path folder) {
    return List.of(
        ArchiverMain.class.getName(),
        archive.kafka.bootstrapServers(),
        registry.toString(),
        archive.s3.endpoint().toString(),
        archive.s3.accessKey(),
        archive.s3.secretKey(),
        archive.bucket,
        archive.topics.set(),
        folder.toString());
  }

  public static void main(String[] arguments) throws IOException {
    SchemaRegistry registry = SchemaRegistry.connect(RegistryConfig.at(URI.create(arguments[1])));
    Topics topics = new Topics(arguments[6]);
    ArchiveConfig config =
        new ArchiveConfig(
            arguments[5],
            "cdc",
            Optional.of(URI.create(arguments[2])),
            "us-east-1",
            Optional.of(new ArchiveConfig.Credentials(arguments[3], Secret.of(arguments[4]))),
            true,
            Duration.ofSeconds(10),
            new ArchiveConfig.Limits(70, 1 << 20, Duration.ofMillis(700), Path.of(arguments[7])));
    try (Archiver archiver =
        Archiver.open(config, topics, ArchiveFixture.neighbours(arguments[0], topics, registry))) {
      archiver.run(() -> false, () -> {});
    }
  }
}
