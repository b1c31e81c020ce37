package io.riffle.cdc.guard;

import io.apicurio.registry.resolver.DefaultSchemaResolver;
import io.apicurio.registry.resolver.SchemaLookupResult;
import io.apicurio.registry.resolver.data.Record;
import io.apicurio.registry.serde.data.KafkaSerdeMetadata;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.function.LongSupplier;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericContainer;

/**
 * What the registry knows of a record's schema, for Apicurio's converter. That spells the schema
 * out as JSON for every record, to look the text up in its cache; but its records of one table have
 * one and the same schema object. What is remembered is asked for again soon: a registry that comes
 * back empty gets its schemas again as it would without this.
 *
 * <p>One thread at a time, as Connect has it: each task has converters of its own.
 *
 * @param <S> schemas
 * @param <T> records
 */
public class RememberedSchemas<S, T> extends DefaultSchemaResolver<S, T> {
  static final Duration LIFETIME = Duration.ofSeconds(5);

  /** Schemas that were changed often: each is small, and what is forgotten is asked for again. */
  private static final int MOST = 1_000;

  private final IdentityHashMap<Schema, Known<S>> known = new IdentityHashMap<>();
  private final LongSupplier nanoTime;

  private record Known<S>(String topic, SchemaLookupResult<S> schema, long at) {}

  /** As the converter makes it. */
  public RememberedSchemas() {
    this(System::nanoTime);
  }

  RememberedSchemas(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  @Override
  public SchemaLookupResult<S> resolveSchema(Record<T> asked) {
    if (!(asked.payload() instanceof GenericContainer avro)
        || !(asked.metadata() instanceof KafkaSerdeMetadata place)) {
      return ask(asked);
    }
    long now = nanoTime.getAsLong();
    Known<S> before = known.get(avro.getSchema());
    if (before != null
        && before.topic().equals(place.getTopic())
        && now - before.at() < LIFETIME.toNanos()) {
      return before.schema();
    }
    SchemaLookupResult<S> schema = ask(asked);
    if (known.size() >= MOST) {
      known.clear();
    }
    known.put(avro.getSchema(), new Known<>(place.getTopic(), schema, now));
    return schema;
  }

  /** Of the registry, or of what Apicurio keeps of it. */
  SchemaLookupResult<S> ask(Record<T> asked) {
    return super.resolveSchema(asked);
  }

  @Override
  public void reset() {
    known.clear();
    super.reset();
  }
}
