package io.riffle.cdc.config;

import io.riffle.cdc.source.SecretFolder;
import io.riffle.config.Settings;
import io.riffle.schemas.registry.RegistryConfig;
import io.riffle.schemas.topics.Topics;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Everything that the process is told; README.md has the table of keys.
 *
 * @param deployment under whose name the sink of staging tables holds the lease
 * @param file {@code cdc.yaml}, where sources are declared
 * @param secrets the passwords of sources
 * @param connect Connect's REST interface
 * @param converterRegistry the registry as Apicurio's converter in the worker speaks to it
 * @param workerKafka Kafka as the Connect worker finds it
 * @param stagingSink whether the sink of staging tables is made here, too
 * @param sinkPassword how connectors name the target's password to the worker: never itself
 * @param watch how often a source is looked at
 * @param retention of change events on their topics
 * @param replication copies of each topic
 * @param heartbeat how often Debezium writes to an idle source, which moves its slot
 */
public record CdcConfig(
    Topics topics,
    String deployment,
    KafkaConfig kafka,
    RegistryConfig registry,
    DatabaseConfig database,
    Optional<Path> file,
    SecretFolder secrets,
    URI connect,
    String converterRegistry,
    String workerKafka,
    boolean stagingSink,
    String sinkPassword,
    Duration watch,
    Duration heartbeat,
    Duration retention,
    short replication) {
  private static final String CONFLUENT_API = "/apis/ccompat/";
  private static final int MOST_COPIES = 10;

  /** Reads all keys. */
  public static CdcConfig from(Settings settings) {
    KafkaConfig kafka = KafkaConfig.from(settings);
    RegistryConfig registry = RegistryConfig.from(settings);
    settings.ignore("s3."); // of the archive
    settings.ignore("hash.");
    settings.ignore("merge.");
    return new CdcConfig(
        topics(settings),
        settings.string("deployment", "local"),
        kafka,
        registry,
        DatabaseConfig.from(settings),
        settings.path("cdc.file"),
        secrets(settings),
        settings.uri("connect.url"),
        settings.string("cdc.converter-registry", apicurio(registry)),
        settings.string("cdc.worker-kafka", kafka.bootstrapServers()),
        settings.bool("cdc.staging-sink", true),
        settings.string("cdc.sink-password", "${env:RIFFLE_DATABASE_PASSWORD}"),
        settings.duration("cdc.watch", Duration.ofSeconds(2)),
        settings.duration("cdc.heartbeat", Duration.ofSeconds(10)),
        settings.duration("cdc.retention", Duration.ofDays(30)),
        (short) settings.integer("cdc.replication", 1, 1, MOST_COPIES));
  }

  private static Topics topics(Settings settings) {
    try {
      return new Topics(settings.string("set", "main"));
    } catch (IllegalArgumentException e) {
      settings.reject("set", e.getMessage());
      return new Topics("main");
    }
  }

  private static SecretFolder secrets(Settings settings) {
    Path here = settings.path("cdc.secrets-dir").orElse(Path.of("."));
    return new SecretFolder(
        here, settings.string("cdc.worker-secrets", "${secrets:" + here + ":%s}"));
  }

  /** Its own API stands beside the one that is like Confluent's. */
  private static String apicurio(RegistryConfig registry) {
    String url = registry.urls().get(0).toString();
    int api = url.indexOf(CONFLUENT_API);
    return api < 0 ? url : url.substring(0, api) + "/apis/registry/v2";
  }
}
