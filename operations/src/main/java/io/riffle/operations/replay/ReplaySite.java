package io.riffle.operations.replay;

import io.riffle.operations.client.PostgresClient;
import io.riffle.operations.client.S3;
import io.riffle.operations.generation.SetTopics;
import io.riffle.operations.site.Endpoints;
import io.riffle.schemas.layout.Layouts;
import io.riffle.schemas.registry.RegistryConfig;
import io.riffle.schemas.registry.SchemaRegistry;
import io.riffle.schemas.topics.Topics;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.Supplier;
import javax.sql.DataSource;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The set that replays are of, and where its parts answer.
 *
 * @param topics of the set's current generation
 * @param tablesSchema schema of the tables of record
 * @param kafka settings of clients, {@code bootstrap.servers} among them
 * @param s3 opens a client, which the caller closes
 */
public record ReplaySite(
    Topics topics,
    Layouts layouts,
    DataSource database,
    String tablesSchema,
    Map<String, String> kafka,
    SchemaRegistry registry,
    Supplier<S3Client> s3) {

  /** That of a stack. */
  public static ReplaySite of(Endpoints endpoints) throws SQLException {
    return new ReplaySite(
        SetTopics.of(endpoints),
        endpoints.loadLayouts(),
        PostgresClient.dataSource(endpoints),
        Endpoints.TABLES_SCHEMA,
        endpoints.kafkaClient(),
        SchemaRegistry.connect(RegistryConfig.at(endpoints.registryUrl())),
        () -> S3.open(endpoints));
  }
}
