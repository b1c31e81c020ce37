package io.riffle.schemas.registry;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/**
 * Remembers what cannot change: the schema of an id, and the id of a schema within a subject.
 *
 * <p>The disk answers for an id at once. A registration asks the registry first, once per process:
 * the disk stands in only while the registry is away, so that a registry that lost its ids is found
 * out by the producer rather than by every reader.
 */
final class CachedRegistry implements SchemaRegistry {
  private final RegistryApi api;
  private final DiskCache disk;
  private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
  private final Map<Registration, Integer> ids = new ConcurrentHashMap<>();

  CachedRegistry(RegistryApi api, DiskCache disk) {
    this.api = api;
    this.disk = disk;
  }

  @Override
  public int register(String subject, Schema schema) {
    Registration registration = new Registration(subject, schema.toString());
    Integer known = ids.get(registration);
    return known != null ? known : remember(registration, registerOrRecall(registration));
  }

  @Override
  public Schema byId(int id) {
    Schema known = schemas.get(id);
    return known != null ? known : remember(id, fetch(id));
  }

  @Override
  public boolean isCompatible(String subject, Schema schema) {
    return api.isCompatible(subject, schema.toString());
  }

  @Override
  public void setCompatibility(String subject, Compatibility compatibility) {
    api.setCompatibility(subject, compatibility);
  }

  @Override
  public List<Integer> versions(String subject) {
    return api.versions(subject);
  }

  @Override
  public Optional<RegisteredSchema> latest(String subject) {
    return api.latest(subject);
  }

  private int registerOrRecall(Registration registration) {
    try {
      return api.register(registration.subject(), registration.text());
    } catch (RegistryUnavailableException e) {
      return disk.id(registration).orElseThrow(() -> e);
    }
  }

  private int remember(Registration registration, int id) {
    ids.put(registration, id);
    disk.put(registration, id);
    return id;
  }

  private Schema fetch(int id) {
    return disk.schema(id).orElseGet(() -> download(id));
  }

  private Schema download(int id) {
    String text = api.schemaText(id);
    try {
      Schema schema = AvroText.parse(text);
      disk.put(id, text);
      return schema;
    } catch (IllegalArgumentException e) {
      throw new UnknownSchemaException(id, e.getMessage());
    }
  }

  private Schema remember(int id, Schema schema) {
    Schema earlier = schemas.putIfAbsent(id, schema);
    return earlier != null ? earlier : schema;
  }
}
