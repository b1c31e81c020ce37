package io.riffle.bench.jmh;

import io.riffle.schemas.registry.Compatibility;
import io.riffle.schemas.registry.RegisteredSchema;
import io.riffle.schemas.registry.SchemaRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/** A registry in memory that takes every schema. For one thread. */
final class OpenRegistry implements SchemaRegistry {

  private final List<Schema> schemas = new ArrayList<>();

  @Override
  public int register(String subject, Schema schema) {
    if (!schemas.contains(schema)) {
      schemas.add(schema);
    }
    return schemas.indexOf(schema) + 1;
  }

  @Override
  public Schema byId(int id) {
    return schemas.get(id - 1);
  }

  @Override
  public boolean isCompatible(String subject, Schema schema) {
    return true;
  }

  @Override
  public void setCompatibility(String subject, Compatibility compatibility) {}

  @Override
  public List<Integer> versions(String subject) {
    return List.of();
  }

  @Override
  public Optional<RegisteredSchema> latest(String subject) {
    return Optional.empty();
  }
}
