package io.riffle.producer.kafka;

import io.riffle.schemas.registry.Compatibility;
import io.riffle.schemas.registry.SchemaRegistry;
import io.riffle.schemas.registry.SchemaRejectedException;
import io.riffle.schemas.wire.SchemaHandle;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;

/**
 * Registers each schema once per topic, under {@code <topic>-<full name>}. Safe for use by several
 * threads.
 *
 * <p>Some registries (Apicurio 2.6) answer 409 to one of two first registrations of a subject that
 * come at the same moment. So one thread at a time registers, and a refusal has to be repeated a
 * little later before it is believed: other processes register too.
 */
final class Registrations {

  private record Use(String topic, Schema schema) {}

  private static final int MAX_REFUSALS = 4;
  private static final long PAUSE_MILLIS = 200;

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
      known = register(subject, use.schema());
      handles.put(use, known);
    }
    return known;
  }

  private SchemaHandle register(String subject, Schema schema) {
    for (int refusals = 1; ; refusals++) {
      try {
        return SchemaHandle.register(registry, subject, schema);
      } catch (SchemaRejectedException e) {
        if (refusals == MAX_REFUSALS || !pause(refusals)) {
          throw e;
        }
      }
    }
  }

  private static boolean pause(int refusals) {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS * refusals);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
