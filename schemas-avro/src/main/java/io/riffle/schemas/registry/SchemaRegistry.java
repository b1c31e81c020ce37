package io.riffle.schemas.registry;

import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * The registry of Avro schemas. Safe for use by several threads. Calls may block for the configured
 * timeout times attempts; answers that cannot change are remembered.
 */
public interface SchemaRegistry {

  /** A client of the registry at {@code config}'s URLs; connects when first used. */
  static SchemaRegistry connect(RegistryConfig config) {
    return new CachedRegistry(new RegistryApi(config), DiskCache.of(config));
  }

  /**
   * Registers a schema under a subject, or finds it there.
   *
   * @return the id, the same for equal schemas at any later time
   * @throws SchemaRejectedException if the registry finds it incompatible or invalid
   * @throws RegistryUnavailableException if no registry answers and the id is not remembered
   */
  int register(String subject, Schema schema);

  /**
   * The schema that was registered with this id.
   *
   * @throws UnknownSchemaException if a healthy registry says that it has no such schema, or has
   *     one that is not Avro
   * @throws RegistryUnavailableException on any other failure; the caller pauses
   */
  Schema byId(int id);

  /**
   * Whether the schema could be registered under the subject now; true for a subject without
   * versions.
   *
   * @throws RegistryUnavailableException if the registry does not answer
   */
  boolean isCompatible(String subject, Schema schema);

  /**
   * Sets the rule for further versions of the subject, which need not exist yet.
   *
   * @throws RegistryUnavailableException if the registry does not answer, or cannot set {@code
   *     NONE} before the first version (Apicurio, where its general rule is another)
   */
  void setCompatibility(String subject, Compatibility compatibility);

  /**
   * Versions of the subject in ascending order; empty for an unknown subject.
   *
   * @throws RegistryUnavailableException if the registry does not answer
   */
  List<Integer> versions(String subject);

  /**
   * The newest version of the subject; never from a cache.
   *
   * @throws RegistryUnavailableException if the registry does not answer
   */
  Optional<RegisteredSchema> latest(String subject);
}
