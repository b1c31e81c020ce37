package io.riffle.sink.replay;

import io.riffle.failure.Backoff;
import io.riffle.schemas.layout.Layouts;
import io.riffle.schemas.registry.SchemaRegistry;
import io.riffle.schemas.topics.Topics;
import io.riffle.sink.write.DatabaseConfig;
import java.time.Duration;
import java.util.Map;

/**
 * What a replay works with.
 *
 * @param deployment whose lease it shares, with the live sink
 * @param leaseLifetime so long the deployment may be silent before another one may take over
 * @param kafka settings of consumers and Admin clients, {@code bootstrap.servers} among them
 * @param batch limits of one transaction
 * @param retry pauses while a neighbour is away
 * @param patience a run fails when nothing was done for so long
 */
public record ReplaySettings(
    String deployment,
    Duration leaseLifetime,
    Topics topics,
    Layouts layouts,
    DatabaseConfig database,
    SchemaRegistry registry,
    Map<String, String> kafka,
    Batches batch,
    Backoff retry,
    Duration patience) {

  /** A transaction starts at whichever comes first. */
  public record Batches(int rows, long bytes) {
    /** Small enough that the live sink never waits long for a row. */
    public static final Batches USUAL = new Batches(5_000, 16L * 1024 * 1024);
  }

  public ReplaySettings {
    kafka = Map.copyOf(kafka);
  }
}
