package io.riffle.sink.rebuild;

import io.riffle.schemas.avro.RecordSchemas;
import io.riffle.schemas.control.ControlCodec;
import io.riffle.schemas.control.MergedDelete;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.registry.SchemaRegistry;
import io.riffle.schemas.registry.UnknownSchemaException;
import java.util.HashMap;
import java.util.Map;

/** What a record is, by the name of its schema. One thread at a time. */
final class RecordKinds {
  /** What a record does to its key. */
  enum Kind {
    PUT,
    DELETE,
    /** Nothing: a barrier, or what the sink rejects. */
    NEITHER
  }

  private final SchemaRegistry registry;
  private final String put;
  private final Map<Integer, Kind> known = new HashMap<>();

  RecordKinds(SchemaRegistry registry, Layout layout) {
    this.registry = registry;
    this.put = RecordSchemas.MERGED_NAMESPACE + "." + RecordSchemas.recordName(layout);
  }

  /**
   * @param schemaId null for a value without one
   */
  Kind of(Integer schemaId) {
    return schemaId == null ? Kind.NEITHER : known.computeIfAbsent(schemaId, this::ask);
  }

  private Kind ask(int schemaId) {
    try {
      String name = registry.byId(schemaId).getFullName();
      if (name.equals(put)) {
        return Kind.PUT;
      }
      String delete = ControlCodec.NAMESPACE + "." + MergedDelete.class.getSimpleName();
      return name.equals(delete) ? Kind.DELETE : Kind.NEITHER;
    } catch (UnknownSchemaException e) {
      return Kind.NEITHER;
    }
  }
}
