package io.riffle.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.apicurio.registry.serde.avro.AvroKafkaDeserializer;
import io.apicurio.registry.utils.converter.AvroConverter;
import io.riffle.schemas.registry.SchemaRegistry;
import io.riffle.schemas.wire.AvroBytes;
import io.riffle.schemas.wire.Decoding;
import io.riffle.schemas.wire.SchemaHandle;
import io.riffle.schemas.wire.Undecodable;
import io.riffle.schemas.wire.Undecodable.Reason;
import io.riffle.schemas.wire.WireReader;
import io.riffle.schemas.wire.WireReader.WithoutFingerprint;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.util.Utf8;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What Riffle writes, read by software that is not ours, and the other way round.
 *
 * <p>The ids of Apicurio's Confluent API are its content ids: one per schema text, whatever the
 * subject. Its own clients take ids for global ids (one per subject and version) unless told
 * otherwise, hence {@code use-id=contentId}. Reading hides the difference on this store, where the
 * first global id of a schema happens to equal its content id; writing shows it.
 */
@ExtendWith(RegistryExtension.class)
class IndependentReadersTest {
  private final TestRegistry server;
  private final SchemaRegistry registry;
  private final Schema schema;
  private final SchemaHandle handle;
  private final byte[] value;

  IndependentReadersTest(TestRegistry server) {
    this.server = server;
    this.registry = server.client();
    this.schema = uniqueSchema();
    // Two subjects of one schema: from here on global ids and content ids differ.
    Schema earlier = uniqueSchema();
    registry.register("first-" + UUID.randomUUID(), earlier);
    registry.register("second-" + UUID.randomUUID(), earlier);
    this.handle = SchemaHandle.register(registry, "main.rif.pde-" + UUID.randomUUID(), schema);
    this.value = AvroBytes.encode(handle, record());
  }

  @Test
  void anIdIsSharedByAllSubjectsOfASchema() {
    assertThat(registry.register("third-" + UUID.randomUUID(), schema)).isEqualTo(handle.id());
  }

  @Test
  void apicuriosDeserializerReadsOurValues() {
    try (AvroKafkaDeserializer<GenericRecord> deserializer = new AvroKafkaDeserializer<>()) {
      deserializer.configure(config("contentId"), false);
      Headers headers = new RecordHeaders().add(handle.header());
      GenericRecord read = deserializer.deserialize("topic", headers, value);
      assertThat(read).isEqualTo(record());
    }
  }

  @Test
  void itsConnectConverterReadsOurValues() {
    try (AvroConverter<GenericRecord> converter = new AvroConverter<>()) {
      converter.configure(config("contentId"), false);
      SchemaAndValue read = converter.toConnectData("topic", value);
      Struct struct = (Struct) read.value();
      assertThat(struct.getInt64("clm_id")).isEqualTo(-100000486L);
      assertThat(struct.getString("name")).isEqualTo("größer");
    }
  }

  @Test
  void weReadWhatItsConnectConverterWrites() {
    Struct row = row();
    writeAsForeigner(row, "contentId");
    byte[] foreign = writeAsForeigner(row, "contentId");
    Decoding decoding = foreignReader().decode(foreign, new RecordHeaders());
    assertThat(decoding).isInstanceOf(Decoding.Decoded.class);
    assertThat(((Decoding.Decoded) decoding).record().get("id")).isEqualTo(7L);
  }

  @Test
  void globalIdsOfAProducerAreNotIdsOfTheConfluentApi() {
    Struct row = row();
    writeAsForeigner(row, "globalId");
    byte[] foreign = writeAsForeigner(row, "globalId");
    assertThat(foreignReader().decode(foreign, new RecordHeaders()))
        .isEqualTo(new Undecodable(Reason.UNKNOWN_SCHEMA_ID));
  }

  /** Each call is a producer of its own with a topic, thus a subject, of its own. */
  private byte[] writeAsForeigner(Struct row, String idKind) {
    try (AvroConverter<GenericRecord> converter = new AvroConverter<>()) {
      converter.configure(config(idKind), false);
      return converter.fromConnectData("cdc-" + UUID.randomUUID(), row.schema(), row);
    }
  }

  private WireReader foreignReader() {
    return new WireReader(server.client(), WithoutFingerprint.ACCEPT);
  }

  private static Struct row() {
    org.apache.kafka.connect.data.Schema type =
        org.apache.kafka.connect.data.SchemaBuilder.struct()
            .name("io.riffle.test.Row" + UUID.randomUUID().toString().replace("-", ""))
            .field("id", org.apache.kafka.connect.data.Schema.INT64_SCHEMA)
            .build();
    return new Struct(type).put("id", 7L);
  }

  private Map<String, Object> config(String idKind) {
    return Map.of(
        "apicurio.registry.url", server.nativeUrl().toString(),
        "apicurio.registry.as-confluent", "true",
        "apicurio.registry.headers.enabled", "false",
        "apicurio.registry.use-id", idKind,
        "apicurio.registry.auto-register", "true");
  }

  private GenericRecord record() {
    return new GenericRecordBuilder(schema)
        .set("clm_id", -100000486L)
        .set("name", new Utf8("größer"))
        .build();
  }

  private static Schema uniqueSchema() {
    return SchemaBuilder.record("Claim" + UUID.randomUUID().toString().replace("-", ""))
        .namespace("io.riffle.test")
        .fields()
        .requiredLong("clm_id")
        .requiredString("name")
        .endRecord();
  }
}
