package io.riffle.infra.chain.matrix;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.riffle.infra.chain.Chain;
import io.riffle.operations.client.Rest;
import io.riffle.schemas.avro.RecordSchemas;
import io.riffle.schemas.control.Merge;
import io.riffle.schemas.registry.RegistryConfig;
import io.riffle.schemas.registry.SchemaRegistry;
import io.riffle.schemas.wire.AvroBytes;
import io.riffle.schemas.wire.Decoding.Decoded;
import io.riffle.schemas.wire.SchemaHandle;
import io.riffle.schemas.wire.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Makes bad values of good ones. What can still be read of them names a file that nobody knows. */
final class Poison {

  private static final int NEVER_GIVEN_OUT = 999_999_999;
  private static final long NO_FILE = 9_000_000_000_000L;
  private static final long TWO_GB = 1L << 31;

  /** A reader that trusted the property would make an object of that class. */
  private static final String HOSTILE =
      "{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"Foreign\\\",\\\"fields\\\":[{\\\"name\\\":\\\"f\\\","
          + "\\\"type\\\":{\\\"type\\\":\\\"string\\\",\\\"java-class\\\":\\\"java.io.File\\\"}}]}";

  private final URI registryUrl;
  private final SchemaRegistry registry;

  Poison(Chain chain) {
    this.registryUrl = chain.stack().endpoints().registryUrl();
    this.registry = SchemaRegistry.connect(RegistryConfig.at(registryUrl));
  }

  /** Whether a record's value is of a schema with that full name. */
  boolean isOf(ConsumerRecord<byte[], byte[]> record, String name) {
    return record.value() != null
        && WireFormat.hasPrefix(record.value())
        && WireFormat.schemaId(record.value()) != NEVER_GIVEN_OUT
        && schema(record.value()).schema().getFullName().equals(name);
  }

  Headers headers(PoisonValue kind, ConsumerRecord<byte[], byte[]> good) {
    return switch (kind) {
      case NO_FINGERPRINT -> new RecordHeaders();
      case FOREIGN_SCHEMA_OWN ->
          new RecordHeaders(
              List.of(SchemaHandle.of(foreignId(), registry.byId(foreignId())).header()));
      default -> good.headers();
    };
  }

  /** The bad value; null is one. */
  byte[] value(PoisonValue kind, ConsumerRecord<byte[], byte[]> good) {
    byte[] whole = ofNoFile(good.value());
    return switch (kind) {
      case UNKNOWN_SCHEMA_ID -> withId(whole, NEVER_GIVEN_OUT);
      case FOREIGN_SCHEMA, FOREIGN_SCHEMA_OWN -> withId(whole, foreignId());
      case TRUNCATED -> Arrays.copyOf(whole, (whole.length + WireFormat.PREFIX_LENGTH) / 2);
      case NEGATIVE_LENGTH -> withLength(good.value(), -5);
      case HUGE_LENGTH -> withLength(good.value(), TWO_GB);
      case ABSURD_LENGTH -> withLength(good.value(), 1L << 62);
      case NO_VALUE -> null;
      case NO_MAGIC -> "no Avro at all".getBytes(UTF_8);
      case TOO_SHORT -> Arrays.copyOf(whole, 3);
      case NO_FINGERPRINT, REPLAY -> whole;
    };
  }

  private SchemaHandle schema(byte[] value) {
    int id = WireFormat.schemaId(value);
    return SchemaHandle.of(id, registry.byId(id));
  }

  private GenericRecord decode(byte[] value) {
    GenericRecord record = ((Decoded) AvroBytes.decode(schema(value), value)).record();
    GenericRecord head = (GenericRecord) record.get(0);
    boolean merged = head.getSchema().getName().equals(Merge.class.getSimpleName());
    GenericRecord origin = merged ? (GenericRecord) head.get(RecordSchemas.ORIGIN) : head;
    origin.put("file", NO_FILE);
    return record;
  }

  private byte[] ofNoFile(byte[] value) {
    return AvroBytes.encode(schema(value), decode(value));
  }

  private static byte[] withId(byte[] value, int id) {
    byte[] changed = value.clone();
    WireFormat.writePrefix(changed, 0, id);
    return changed;
  }

  /** The fields up to the first text, a length, and nothing behind it. */
  private byte[] withLength(byte[] value, long length) {
    SchemaHandle writer = schema(value);
    GenericRecord record = decode(value);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(Arrays.copyOf(value, WireFormat.PREFIX_LENGTH));
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    try {
      for (Schema.Field field : writer.schema().getFields()) {
        if (field.schema().getType() == Schema.Type.STRING) {
          encoder.writeLong(length);
          break;
        }
        new GenericDatumWriter<>(field.schema()).write(record.get(field.pos()), encoder);
      }
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  private int foreignId() {
    try {
      String answer =
          Rest.sendJson(
              "POST",
              URI.create(registryUrl + "/subjects/foreign-value/versions"),
              "{\"schema\":\"" + HOSTILE + "\"}");
      return Integer.parseInt(answer.replaceAll("[^0-9]", ""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
