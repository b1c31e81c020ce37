package io.riffle.infra.component;

import java.time.Duration;
import java.util.List;

/** The stack's components, in the order in which they start; they stop the other way round. */
public final class Components {
  private static final List<Component> ALL =
      List.of(
          new Postgres(),
          new Kafka(),
          new Registry(),
          new S3Proxy(),
          new Connect(),
          new RiffleService(
              "merge-processor",
              "io.riffle.merge.MergeProcessor",
              "merge-processor/merge.properties",
              Duration.ofSeconds(2),
              9411),
          new RiffleService(
              "rif-producer",
              "io.riffle.producer.RifProducer",
              "rif-producer/producer.properties",
              Duration.ofSeconds(2),
              9412),
          new RiffleService(
              "cdc-source",
              "io.riffle.cdc.run.CdcSource",
              "cdc-source/cdc.properties",
              Duration.ofSeconds(2),
              9413),
          new Console());

  private Components() {}

  public static List<Component> all() {
    return ALL;
  }

  /** Those that are there before any of Riffle's own programs. */
  public static List<Component> servers() {
    return ALL.stream().filter(component -> !component.afterSetup()).toList();
  }
}
