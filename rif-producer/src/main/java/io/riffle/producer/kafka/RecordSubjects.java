package io.riffle.producer.kafka;

import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.registry.Compatibility;
import io.riffle.schemas.registry.SchemaRegistry;
import io.riffle.schemas.topics.Topics;
import io.riffle.schemas.wire.SchemaHandle;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/**
 * Registers the schemas of data records, once per topic and header. MERGE records may have any
 * subset of the columns, so their subjects have no compatibility rule. Safe for use by several
 * threads.
 */
public final class RecordSubjects {

  private record Use(String topic, Schema schema) {}

  private final SchemaRegistry registry;
  private final Topics topics;
  private final Map<Use, SchemaHandle> handles = new ConcurrentHashMap<>();

  public RecordSubjects(SchemaRegistry registry, Topics topics) {
    this.registry = registry;
    this.topics = topics;
  }

  /**
   * The handle of a type's record schema on its raw topic.
   *
   * @throws io.riffle.schemas.registry.SchemaRejectedException if the registry refuses it
   */
  public SchemaHandle handle(Layout layout, boolean merge, Schema schema) {
    Use use = new Use(topics.rif(layout), schema);
    SchemaHandle known = handles.get(use);
    if (known == null) {
      known = register(use, merge);
      handles.put(use, known);
    }
    return known;
  }

  private SchemaHandle register(Use use, boolean merge) {
    String subject = use.topic() + "-" + use.schema().getFullName();
    if (merge) {
      registry.setCompatibility(subject, Compatibility.NONE);
    }
    return SchemaHandle.register(registry, subject, use.schema());
  }
}
