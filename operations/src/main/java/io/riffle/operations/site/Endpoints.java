package io.riffle.operations.site;

import io.riffle.schemas.layout.Layouts;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * Where the parts of a stack answer.
 *
 * @param set the partition set that {@code jdbcUrl} belongs to
 * @param jdbcUrl the set's target database, without user and password
 * @param adminJdbcUrl the server's own database, for work before the target exists
 * @param postgresUser owner of the target database
 * @param bootstrapServers Kafka, {@code host:port}
 * @param registryUrl root of the registry's Confluent REST API
 * @param s3 the S3 server, path-style
 * @param bucket where data sets arrive
 * @param connectUrl Connect's REST API
 * @param deployment the name under which all programs hold the lease of the target database
 * @param layouts folder of layout files that stand for those of the build, in every program
 * @param kafka settings of every Kafka client besides, such as {@code security.protocol}
 */
public record Endpoints(
    SetName set,
    String jdbcUrl,
    String adminJdbcUrl,
    String postgresUser,
    String postgresPassword,
    String bootstrapServers,
    URI registryUrl,
    URI s3,
    String s3Region,
    String s3AccessKey,
    String s3SecretKey,
    String bucket,
    URI connectUrl,
    String deployment,
    Optional<Path> layouts,
    Map<String, String> kafka) {
  public static final String POSTGRES_USER = "riffle";
  public static final String BUCKET = "riffle";
  public static final String TABLES_SCHEMA = "ccw";
  public static final String REGION = "us-east-1";

  /** How every Kafka client reaches the brokers. */
  public Map<String, String> kafkaClient() {
    Map<String, String> client = new HashMap<>(kafka);
    client.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    return client;
  }

  /** The layouts of every program of the stack. */
  public Layouts loadLayouts() {
    return layouts.map(Layouts::load).orElseGet(Layouts::load);
  }

  /** Passwords never get into a log by way of this. */
  @Override
  public String toString() {
    return "Endpoints[%s, %s, %s, %s, %s]"
        .formatted(jdbcUrl, bootstrapServers, registryUrl, s3, connectUrl);
  }
}
