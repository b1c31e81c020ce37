package io.riffle.testing;

import io.riffle.schemas.registry.Compatibility;
import io.riffle.schemas.registry.RegisteredSchema;
import io.riffle.schemas.registry.RegistryUnavailableException;
import io.riffle.schemas.registry.SchemaRegistry;
import io.riffle.schemas.registry.UnknownSchemaException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.avro.Schema;

/**
 * A registry for tests of milliseconds, such as those of a topology. Everything is compatible; it
 * can be taken {@link #available away}.
 */
public final class InMemoryRegistry implements SchemaRegistry {
  private final List<Schema> schemas = new ArrayList<>();
  private final Map<String, List<Integer>> subjects = new HashMap<>();
  private boolean available = true;

  /** While false, every call fails as if no registry answered. */
  public synchronized void available(boolean available) {
    this.available = available;
  }

  @Override
  public synchronized int register(String subject, Schema schema) {
    requireAvailable();
    if (!schemas.contains(schema)) {
      schemas.add(schema);
    }
    int id = schemas.indexOf(schema) + 1;
    List<Integer> ids = subjects.computeIfAbsent(subject, name -> new ArrayList<>());
    if (!ids.contains(id)) {
      ids.add(id);
    }
    return id;
  }

  @Override
  public synchronized Schema byId(int id) {
    requireAvailable();
    if (id < 1 || id > schemas.size()) {
      throw new UnknownSchemaException(id, "the registry does not know it");
    }
    return schemas.get(id - 1);
  }

  @Override
  public synchronized boolean isCompatible(String subject, Schema schema) {
    requireAvailable();
    return true;
  }

  @Override
  public synchronized void setCompatibility(String subject, Compatibility compatibility) {
    requireAvailable();
  }

  @Override
  public synchronized List<Integer> versions(String subject) {
    requireAvailable();
    int count = subjects.getOrDefault(subject, List.of()).size();
    return IntStream.rangeClosed(1, count).boxed().toList();
  }

  @Override
  public synchronized Optional<RegisteredSchema> latest(String subject) {
    requireAvailable();
    List<Integer> ids = subjects.getOrDefault(subject, List.of());
    if (ids.isEmpty()) {
      return Optional.empty();
    }
    int id = ids.get(ids.size() - 1);
    return Optional.of(new RegisteredSchema(subject, ids.size(), id, schemas.get(id - 1)));
  }

  private void requireAvailable() {
    if (!available) {
      throw new RegistryUnavailableException("taken away by the test", null);
    }
  }
}
