package io.riffle.cdc.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.apicurio.registry.resolver.SchemaLookupResult;
import io.apicurio.registry.resolver.data.Record;
import io.apicurio.registry.serde.data.KafkaSerdeMetadata;
import io.apicurio.registry.serde.data.KafkaSerdeRecord;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.junit.jupiter.api.Test;

class RememberedSchemasTest {
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 10); // it may run over
  private long asked;
  private final RememberedSchemas<Schema, Object> schemas =
      new RememberedSchemas<>(now::get) {
        @Override
        SchemaLookupResult<Schema> ask(Record<Object> any) {
          asked++;
          return SchemaLookupResult.<Schema>builder().contentId(asked).build();
        }
      };

  private static Schema schema() {
    return SchemaBuilder.record("Row").fields().requiredInt("id").endRecord();
  }

  private long number(String topic, Object payload) {
    KafkaSerdeMetadata place = new KafkaSerdeMetadata(topic, false, null);
    return schemas.resolveSchema(new KafkaSerdeRecord<>(place, payload)).getContentId();
  }

  @Test
  void ofOneObjectTheRegistryIsAskedOnce() {
    Schema schema = schema();
    Schema other = schema();

    assertThat(number("a", new GenericData.Record(schema))).isEqualTo(1);
    assertThat(number("a", new GenericData.Record(schema))).isEqualTo(1);
    assertThat(number("a", new GenericData.Record(other))).as("equal, not the same").isEqualTo(2);
    assertThat(number("a", new GenericData.Record(schema))).isEqualTo(1);
  }

  @Test
  void ofAnotherTopicItIsAskedAgain() {
    Schema schema = schema();

    assertThat(number("a", new GenericData.Record(schema))).isEqualTo(1);
    assertThat(number("b", new GenericData.Record(schema))).isEqualTo(2);
  }

  /** The registry may have been restored meanwhile. */
  @Test
  void afterAWhileItIsAskedAgain() {
    Schema schema = schema();
    assertThat(number("a", new GenericData.Record(schema))).isEqualTo(1);
    now.addAndGet(RememberedSchemas.LIFETIME.toNanos() - 1);
    assertThat(number("a", new GenericData.Record(schema))).isEqualTo(1);

    now.incrementAndGet();

    assertThat(number("a", new GenericData.Record(schema))).isEqualTo(2);
  }

  @Test
  void whatHasNoSchemaIsNobodysToRemember() {
    assertThat(number("a", "text")).isEqualTo(1);
    assertThat(number("a", "text")).isEqualTo(2);
  }

  @Test
  void ofTooManyNoneIsKept() {
    Schema first = schema();
    number("a", new GenericData.Record(first));
    for (int i = 0; i < 1_000; i++) {
      number("a", new GenericData.Record(schema()));
    }

    assertThat(number("a", new GenericData.Record(first))).isGreaterThan(1_000);
  }
}
