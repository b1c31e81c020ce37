package io.riffle.merge.topology;

import io.riffle.merge.record.ControlWriter;
import io.riffle.merge.record.MergedWriter;
import io.riffle.merge.record.RawReader;
import io.riffle.merge.record.TypeColumns;
import io.riffle.merge.state.StateCodec;
import io.riffle.schemas.avro.RecordSchemas;
import io.riffle.schemas.control.MergedBarrier;
import io.riffle.schemas.control.MergedDelete;
import io.riffle.schemas.control.Parked;
import io.riffle.schemas.control.Reject;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.registry.SchemaRegistry;
import io.riffle.schemas.topics.Topics;
import io.riffle.schemas.wire.SchemaHandle;
import io.riffle.schemas.wire.WireReader;
import org.apache.avro.Schema;

/** What a type's tasks share: its columns, and the schemas it writes, registered once at start. */
final class TypeSchemas {
  private final SchemaRegistry registry;
  private final WireReader wire;
  private final TypeColumns columns;
  private final SchemaHandle merged;
  private final ControlWriter<MergedDelete> deletes;
  private final ControlWriter<Parked> parked;
  private final ControlWriter<Reject> rejects;
  private final Barriers barriers;

  private TypeSchemas(SchemaRegistry registry, WireReader wire, Topics topics, Layout layout) {
    this.registry = registry;
    this.wire = wire;
    this.columns = new TypeColumns(layout);
    String mergedTopic = topics.merged(layout);
    Schema schema = RecordSchemas.merged(layout);
    this.merged = SchemaHandle.register(registry, mergedTopic + "-" + schema.getFullName(), schema);
    this.deletes = ControlWriter.register(registry, mergedTopic, MergedDelete.class);
    this.parked = ControlWriter.register(registry, topics.parked(), Parked.class);
    this.rejects = ControlWriter.register(registry, topics.rejects(), Reject.class);
    this.barriers =
        new Barriers(
            ControlWriter.register(registry, mergedTopic, MergedBarrier.class),
            ControlWriter.register(registry, topics.parked(), MergedBarrier.class),
            ControlWriter.register(registry, topics.rejects(), MergedBarrier.class));
  }

  /** Writers of the same barrier to three topics. */
  record Barriers(
      ControlWriter<MergedBarrier> merged,
      ControlWriter<MergedBarrier> parked,
      ControlWriter<MergedBarrier> rejects) {}

  /**
   * Registers what the type writes.
   *
   * @throws io.riffle.schemas.registry.RegistryException if the registry is away or refuses
   */
  static TypeSchemas register(
      SchemaRegistry registry, WireReader wire, Topics topics, Layout layout) {
    return new TypeSchemas(registry, wire, topics, layout);
  }

  TypeColumns columns() {
    return columns;
  }

  ControlWriter<Reject> rejects() {
    return rejects;
  }

  Barriers barriers() {
    return barriers;
  }

  /** For one task: of the type's own raw topic, or of a type's that joins it. */
  RawReader reader(Layout layout) {
    return new RawReader(wire, columns, layout);
  }

  /** For one task. */
  KeyMerge keyMerge() {
    return new KeyMerge(
        columns,
        new StateCodec(registry, columns, merged),
        new MergedWriter(merged, columns),
        deletes,
        parked);
  }
}
