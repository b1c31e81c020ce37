/**
 * Client of a schema registry that speaks the Confluent Schema Registry REST API (Confluent,
 * Apicurio's {@code /apis/ccompat/v7}, Karapace, Redpanda).
 *
 * <p>Start at {@link io.riffle.schemas.registry.SchemaRegistry}. The outcomes matter more than the
 * calls: an id that a healthy registry does not know is the record's fault ({@link
 * io.riffle.schemas.registry.UnknownSchemaException}); every other failure is the registry's
 * ({@link io.riffle.schemas.registry.RegistryUnavailableException}) and must pause the caller.
 */
package io.riffle.schemas.registry;
