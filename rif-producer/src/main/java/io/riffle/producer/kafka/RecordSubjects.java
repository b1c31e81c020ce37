package io.riffle.producer.kafka;

import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.registry.Compatibility;
import io.riffle.schemas.registry.SchemaRegistry;
import io.riffle.schemas.topics.Topics;
import io.riffle.schemas.wire.SchemaHandle;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * The registered schemas of data records. MERGE records may have any subset of the columns, so
 * their subjects have no compatibility rule. Safe for use by several threads.
 */
public final class RecordSubjects {

  private final Registrations registrations;
  private final Topics topics;

  public RecordSubjects(SchemaRegistry registry, Topics topics) {
    this(new Registrations(registry), topics);
  }

  private RecordSubjects(Registrations registrations, Topics topics) {
    this.registrations = registrations;
    this.topics = topics;
  }

  /** The subjects of another generation's topics. */
  public RecordSubjects at(int generation) {
    return new RecordSubjects(registrations, topics.at(generation));
  }

  /**
   * The handle of a type's record schema on its raw topic.
   *
   * @throws io.riffle.schemas.registry.SchemaRejectedException if the registry refuses it
   */
  public SchemaHandle handle(Layout layout, boolean merge, Schema schema) {
    Optional<Compatibility> rule = merge ? Optional.of(Compatibility.NONE) : Optional.empty();
    return registrations.handle(topics.rif(layout), schema, rule);
  }
}
