package io.riffle.producer;

import io.riffle.config.Settings;
import io.riffle.metrics.MetricsConfig;
import io.riffle.producer.hash.HashConfig;
import io.riffle.producer.kafka.KafkaConfig;
import io.riffle.producer.ledger.DatabaseConfig;
import io.riffle.producer.plan.PlanConfig;
import io.riffle.producer.publish.WorkerConfig;
import io.riffle.producer.s3.S3Config;
import io.riffle.producer.scan.ScanConfig;
import io.riffle.schemas.layout.Layouts;
import io.riffle.schemas.registry.RegistryConfig;
import io.riffle.schemas.topics.Topics;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Everything that the process is told; README.md has the table of keys. */
record ProducerConfig(
    Topics topics,
    Layouts layouts,
    Set<Role> roles,
    KafkaConfig kafka,
    RegistryConfig registry,
    S3Config s3,
    HashConfig hash,
    DatabaseConfig database,
    ScanConfig scan,
    PlanConfig plan,
    WorkerConfig worker,
    MetricsConfig metrics) {

  /** What a process does. */
  enum Role {
    /** Finds and plans files, closes loads. One is active in a set. */
    SCANNER,
    /** Publishes splits. Any number. */
    WORKER
  }

  static ProducerConfig from(Settings settings) {
    Layouts layouts = Layouts.from(settings);
    HashConfig hash = HashConfig.from(settings);
    return new ProducerConfig(
        topics(settings),
        layouts,
        roles(settings),
        KafkaConfig.from(settings),
        RegistryConfig.from(settings),
        S3Config.from(settings),
        hash,
        DatabaseConfig.from(settings),
        ScanConfig.from(settings),
        PlanConfig.from(settings, layouts, hash),
        WorkerConfig.from(settings),
        MetricsConfig.from(settings));
  }

  private static Topics topics(Settings settings) {
    try {
      return new Topics(settings.string("set", "main"));
    } catch (IllegalArgumentException e) {
      settings.reject("set", e.getMessage());
      return new Topics("main");
    }
  }

  private static Set<Role> roles(Settings settings) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (String name : settings.list("producer.roles", List.of("scanner", "worker"))) {
      try {
        roles.add(Role.valueOf(name.toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException e) {
        settings.reject("producer.roles", "knows scanner and worker only");
      }
    }
    if (roles.isEmpty()) {
      settings.reject("producer.roles", "must name scanner, worker or both");
    }
    return roles;
  }
}
