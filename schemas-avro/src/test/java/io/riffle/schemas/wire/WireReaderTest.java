package io.riffle.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.schemas.registry.RegistryConfig;
import io.riffle.schemas.registry.RegistryUnavailableException;
import io.riffle.schemas.registry.SchemaRegistry;
import io.riffle.schemas.registry.StubServer;
import io.riffle.schemas.wire.Undecodable.Reason;
import io.riffle.schemas.wire.WireReader.WithoutFingerprint;
import java.time.Duration;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WireReaderTest {
  private static final Schema SCHEMA =
      SchemaBuilder.record("Claim").fields().requiredString("name").endRecord();
  private static final SchemaHandle HANDLE = SchemaHandle.of(7, SCHEMA);
  private static final GenericRecord RECORD =
      new GenericRecordBuilder(SCHEMA).set("name", "wert").build();

  private StubServer server;
  private WireReader reader;

  @BeforeEach
  void serveOneSchema() {
    server = StubServer.start();
    server.answer("/schemas/ids/7", 200, StubServer.schemaBody(SCHEMA));
    server.answer("/schemas/ids/8", 404, "{\"error_code\":40403,\"message\":\"no\"}");
    reader = new WireReader(registry(), WithoutFingerprint.REJECT);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void decodesWhatWasEncoded() {
    Decoding decoding = reader.decode(AvroBytes.encode(HANDLE, RECORD), headers(HANDLE));
    assertThat(decoding).isInstanceOf(Decoding.Decoded.class);
    Decoding.Decoded decoded = (Decoding.Decoded) decoding;
    assertThat(decoded.record().get("name")).hasToString("wert");
    assertThat(decoded.writer().id()).isEqualTo(7);
    assertThat(decoded.toString()).doesNotContain("wert");
  }

  @Test
  void framesWithoutDecoding() {
    byte[] value = {0, 0, 0, 0, 7, 99};
    assertThat(reader.frame(value, headers(HANDLE))).isInstanceOf(Framing.Framed.class);
  }

  @Test
  void rejectsWhatHasNoPrefix() {
    assertThat(reason(null)).isEqualTo(Reason.NO_VALUE);
    assertThat(reason(new byte[0])).isEqualTo(Reason.TRUNCATED);
    assertThat(reason(new byte[] {0, 0, 0, 0})).isEqualTo(Reason.TRUNCATED);
    assertThat(reason(new byte[] {1, 0, 0, 0, 7, 0})).isEqualTo(Reason.BAD_MAGIC);
    assertThat(reason(new byte[] {'{'})).isEqualTo(Reason.BAD_MAGIC);
  }

  @Test
  void rejectsAnUnknownId() {
    assertThat(reason(new byte[] {0, 0, 0, 0, 8, 0})).isEqualTo(Reason.UNKNOWN_SCHEMA_ID);
  }

  @Test
  void rejectsAFingerprintOfAnotherSchema() {
    SchemaHandle other = SchemaHandle.of(7, Schema.create(Schema.Type.INT));
    byte[] value = AvroBytes.encode(HANDLE, RECORD);
    assertThat(reader.decode(value, headers(other)))
        .isEqualTo(new Undecodable(Reason.FINGERPRINT_MISMATCH));
    Headers tooShort = new RecordHeaders().add(WireFormat.FINGERPRINT_HEADER, new byte[7]);
    assertThat(reader.decode(value, tooShort))
        .isEqualTo(new Undecodable(Reason.FINGERPRINT_MISMATCH));
  }

  @Test
  void acceptsForeignValuesWithoutFingerprintOnlyWhereConfigured() {
    byte[] value = AvroBytes.encode(HANDLE, RECORD);
    Headers none = new RecordHeaders();
    assertThat(reader.frame(value, none)).isEqualTo(new Undecodable(Reason.FINGERPRINT_MISSING));
    WireReader foreign = new WireReader(registry(), WithoutFingerprint.ACCEPT);
    assertThat(foreign.decode(value, none)).isInstanceOf(Decoding.Decoded.class);
    Headers wrong = new RecordHeaders().add(WireFormat.FINGERPRINT_HEADER, new byte[8]);
    assertThat(foreign.decode(value, wrong))
        .isEqualTo(new Undecodable(Reason.FINGERPRINT_MISMATCH));
  }

  @Test
  void rejectsTruncatedAndOverlongValues() {
    byte[] value = AvroBytes.encode(HANDLE, RECORD);
    for (int length = WireFormat.PREFIX_LENGTH; length < value.length; length++) {
      assertThat(reason(Arrays.copyOf(value, length))).isEqualTo(Reason.TRUNCATED);
    }
    assertThat(reason(Arrays.copyOf(value, value.length + 1))).isEqualTo(Reason.MALFORMED);
  }

  @Test
  void pausesRatherThanRejectsWhenTheRegistryIsAway() {
    byte[] value = AvroBytes.encode(HANDLE, RECORD);
    server.close();
    assertThatThrownBy(() -> reader.decode(value, headers(HANDLE)))
        .isInstanceOf(RegistryUnavailableException.class);
  }

  @Test
  void asksTheRegistryOncePerSchema() {
    byte[] value = AvroBytes.encode(HANDLE, RECORD);
    reader.decode(value, headers(HANDLE));
    reader.decode(value, headers(HANDLE));
    assertThat(server.requests()).hasSize(1);
  }

  private Reason reason(byte[] value) {
    return ((Undecodable) reader.decode(value, headers(HANDLE))).reason();
  }

  private SchemaRegistry registry() {
    RegistryConfig config = RegistryConfig.at(server.url());
    return SchemaRegistry.connect(
        new RegistryConfig(
            config.urls(),
            config.credentials(),
            config.cacheDir(),
            config.tls(),
            config.timeout(),
            1,
            Duration.ofMillis(1)));
  }

  private static Headers headers(SchemaHandle handle) {
    return new RecordHeaders().add(handle.header());
  }
}
