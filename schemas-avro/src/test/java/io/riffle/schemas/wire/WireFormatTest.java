package io.riffle.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireFormatTest {
  private static final Schema SCHEMA =
      SchemaBuilder.record("Claim").fields().requiredLong("id").endRecord();

  @Test
  void prefixIsAZeroByteAndTheIdInBigEndian() {
    byte[] bytes = {9, 9, 9, 9, 9, 9, 9};
    assertThat(WireFormat.writePrefix(bytes, 1, 0x01020304)).isEqualTo(6);
    assertThat(bytes).containsExactly(9, 0, 1, 2, 3, 4, 9);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 255, 65_536, Integer.MAX_VALUE, -1})
  void readsTheIdThatItWrote(int id) {
    byte[] bytes = new byte[WireFormat.PREFIX_LENGTH];
    WireFormat.writePrefix(bytes, 0, id);
    assertThat(WireFormat.hasPrefix(bytes)).isTrue();
    assertThat(WireFormat.schemaId(bytes)).isEqualTo(id);
  }

  @Test
  void refusesToWriteWithoutRoom() {
    assertThatThrownBy(() -> WireFormat.writePrefix(new byte[4], 0, 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void headerHoldsTheRabinFingerprintInBigEndian() {
    // Rabin fingerprint of "int" as the Avro specification's algorithm gives it.
    Schema schema = Schema.create(Schema.Type.INT);
    SchemaHandle handle = SchemaHandle.of(1, schema);
    assertThat(handle.fingerprint()).isEqualTo(0x7275d51a3f395c8fL);
    assertThat(handle.header().key()).isEqualTo("riffle-schema-fp");
    assertThat(handle.header().value())
        .containsExactly(0x72, 0x75, 0xd5, 0x1a, 0x3f, 0x39, 0x5c, 0x8f);
  }

  @Test
  void handleShowsNameAndIdOnly() {
    assertThat(SchemaHandle.of(7, SCHEMA)).hasToString("Claim#7");
  }
}
