package io.riffle.producer.kafka;

import io.riffle.schemas.registry.Compatibility;
import io.riffle.schemas.registry.SchemaRegistry;
import io.riffle.schemas.wire.SchemaHandle;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/**
 * Registers each schema once per topic, under {@code <topic>-<full name>}, one at a time:
 * registries dislike first registrations of a subject at the same moment. Safe for use by several
 * threads.
 */
final class Registrations {

  private record Use(String topic, Schema schema) {}

  private final SchemaRegistry registry;
  private final Map<Use, SchemaHandle> handles = new ConcurrentHashMap<>();

  Registrations(SchemaRegistry registry) {
    this.registry = registry;
  }

  /**
   * The schema with the id that it has in the registry.
   *
   * @param compatibility the subject's rule; none: the registry's own
   */
  SchemaHandle handle(String topic, Schema schema, Optional<Compatibility> compatibility) {
    Use use = new Use(topic, schema);
    SchemaHandle known = handles.get(use);
    return known != null ? known : register(use, compatibility);
  }

  private synchronized SchemaHandle register(Use use, Optional<Compatibility> compatibility) {
    SchemaHandle known = handles.get(use);
    if (known == null) {
      String subject = use.topic() + "-" + use.schema().getFullName();
      compatibility.ifPresent(rule -> registry.setCompatibility(subject, rule));
      known = SchemaHandle.register(registry, subject, use.schema());
      handles.put(use, known);
    }
    return known;
  }
}
